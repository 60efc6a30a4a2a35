namespace DataCentric.Adversarial.Exchange;

/// <summary>Where the values of an array lie: value (i, j, ...) at offset + i stride_0 + j stride_1 + ... values.</summary>
/// <param name="Shape">Length of each axis, not negative.</param>
/// <param name="Strides">Values from one entry of the axis to the next, not negative.</param>
/// <param name="Offset">Place of the first value, not negative.</param>
internal sealed record StridedLayout(long[] Shape, long[] Strides, long Offset = 0)
{
    /// <summary>Number of values.</summary>
    /// <exception cref="OverflowException">More than 64 bits can tell.</exception>
    public long Count => Shape.Aggregate(1L, (product, side) => checked(product * side));

    /// <summary>The place behind the last value; the offset where there are no values.</summary>
    /// <exception cref="OverflowException">More than 64 bits can tell.</exception>
    public long End => Count == 0 ? Offset : checked(Offset + 1 + Shape.Zip(Strides, (side, stride) => checked((side - 1) * stride)).Sum());

    /// <summary>Whether the values lie without gaps, the last axis varying fastest.</summary>
    public bool IsRowMajor => Strides.SequenceEqual(RowMajor(Shape).Strides);

    /// <summary>An array without gaps whose last axis varies fastest.</summary>
    /// <param name="shape">Length of each axis.</param>
    public static StridedLayout RowMajor(long[] shape)
    {
        var strides = new long[shape.Length];
        for (var (axis, stride) = (shape.Length - 1, 1L); axis >= 0; stride *= shape[axis--])
            strides[axis] = stride;
        return new(shape, strides);
    }

    /// <summary>An array without gaps whose first axis varies fastest.</summary>
    /// <param name="shape">Length of each axis.</param>
    public static StridedLayout ColumnMajor(long[] shape)
    {
        var strides = new long[shape.Length];
        for (var (axis, stride) = (0, 1L); axis < shape.Length; stride *= shape[axis++])
            strides[axis] = stride;
        return new(shape, strides);
    }

    /// <summary>All values in row-major order.</summary>
    /// <param name="valueAt">The value at a place.</param>
    public float[] Gather(Func<long, float> valueAt)
    {
        var values = new float[Count];
        var index = new long[Shape.Length];
        var place = Offset;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = valueAt(place);
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                place += Strides[axis];
                if (++index[axis] < Shape[axis])
                    break;
                place -= Strides[axis] * Shape[axis];
                index[axis] = 0;
            }
        }

        return values;
    }
}
