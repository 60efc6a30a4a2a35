using System.Buffers.Binary;
using DataCentric.Npy;

namespace DataCentric.Imaging.Formats;

/// <summary>
/// Writes a set as the pair that the Data-Centric Robust Learning competition takes: <c>data.npy</c>, bytes of shape
/// (N, H, W, 3), and <c>label.npy</c>, single floats of shape (N, K): one-hot rows, or the soft rows that the set carries.
/// </summary>
public sealed class NpyPairWriter
{
    private readonly NpyWriter _data;
    private readonly NpyWriter _labels;
    private readonly ImageShape _shape;
    private readonly int _classCount;
    private readonly int _count;
    private int _written;

    /// <summary>Writes both headers.</summary>
    /// <param name="data">Receives data.npy; stays open, need not be seekable.</param>
    /// <param name="labels">Receives label.npy; stays open, need not be seekable.</param>
    /// <param name="count">Number of images that will be written.</param>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="classCount">Number of classes, K, at least 1.</param>
    public NpyPairWriter(Stream data, Stream labels, int count, ImageShape shape, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        _data = new(data, NpyDType.U1, count, shape.Height, shape.Width, ImageShape.Channels);
        _labels = new(labels, NpyDType.F4, count, classCount);
        (_count, _shape, _classCount) = (count, shape, classCount);
    }

    /// <summary>Writes the next images.</summary>
    /// <param name="images">Images of the shape; soft labels, where there are any, have K values a row.</param>
    /// <exception cref="ArgumentException">Shape, classes, a label or the number of images does not fit; nothing is written.</exception>
    public void Write(ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Shape != _shape)
            throw new ArgumentException($"Images are {images.Shape}; this file takes {_shape}.", nameof(images));
        if (images.Count > _count - _written)
        {
            throw new ArgumentException(
                $"{_written} images and {images.Count} more exceed the {_count} announced.", nameof(images));
        }

        var rows = images.SoftLabels ?? OneHot(images.Labels);
        if (rows.Length != (long)images.Count * _classCount)
        {
            throw new ArgumentException(
                $"{rows.Length} label values for {images.Count} images of {_classCount} classes.", nameof(images));
        }

        _data.Write(images.Pixels);
        WriteRows(rows);
        _written += images.Count;
    }

    /// <summary>Checks that as many images were written as announced, and flushes both streams.</summary>
    /// <exception cref="InvalidOperationException">Images are missing.</exception>
    public void Complete()
    {
        if (_written != _count)
            throw new InvalidOperationException($"{_written} of {_count} images were written.");
        _data.Complete();
        _labels.Complete();
    }

    private float[] OneHot(int[] labels)
    {
        var rows = new float[labels.Length * _classCount];
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)_classCount)
            {
                throw new ArgumentException(
                    $"Label {labels[i]} is out of range; expected 0 to {_classCount - 1}.", nameof(labels));
            }

            rows[(i * _classCount) + labels[i]] = 1;
        }

        return rows;
    }

    private void WriteRows(float[] rows)
    {
        var bytes = new byte[rows.Length * sizeof(float)];
        for (var i = 0; i < rows.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), rows[i]);
        _labels.Write(bytes);
    }
}
