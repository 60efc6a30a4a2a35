using Parquet;
using Parquet.Schema;

namespace DataCentric.Imaging.Formats.Writing;

/// <summary>
/// The columns of <see cref="ParquetImageWriter"/>. All may be null, though most never are: the <c>datasets</c> library takes a column for what the
/// features call it only where it may be (its fields are compared with those of the file, and always may).
/// </summary>
internal sealed class ParquetColumns
{
    private readonly DataField _bytes = new DataField<byte[]>("bytes");
    private readonly DataField _path = new DataField<string>("path");
    private readonly DataField _label = new DataField<long?>("label");
    private readonly DataField _probability = new DataField<float?>("element");
    private readonly DataField _index = new DataField<long?>("index");
    private readonly DataField _source = new DataField<string>("source");
    private readonly DataField _role = new DataField<string>("role");
    private readonly DataField _kind = new DataField<string>("kind");
    private readonly DataField _parameterSet = new DataField<string>("parameter_set");
    private readonly DataField _severity = new DataField<int?>("severity");
    private readonly DataField _linf = new DataField<int?>("linf");
    private readonly DataField _l2 = new DataField<double?>("l2");
    private readonly DataField _sha256 = new DataField<string>("sha256");
    private readonly bool _soft;

    public ParquetColumns(bool soft)
    {
        _soft = soft;
        Field[] probabilities = soft ? [new ListField("probabilities", _probability)] : [];
        Schema = new ParquetSchema(
        [
            new StructField("image", _bytes, _path), _label, .. probabilities,
            _index, _source, _role, _kind, _parameterSet, _severity, _linf, _l2, _sha256,
        ]);
    }

    public ParquetSchema Schema { get; }

    /// <summary>Writes all columns of a row group in the order of the schema.</summary>
    public async Task WriteAsync(ParquetRowGroupWriter group, ParquetRows rows, CancellationToken cancellationToken)
    {
        await group.WriteAsync(_bytes, rows.Png);
        await group.WriteAsync(_path, rows.Paths);
        await group.WriteAsync<long>(_label, rows.Labels.ConvertAll(label => (long?)label).ToArray(), cancellationToken: cancellationToken);
        if (_soft)
            await group.WriteAsync<float>(_probability, rows.Probabilities.ConvertAll(value => (float?)value).ToArray(), rows.Repetitions(), cancellationToken: cancellationToken);
        var samples = rows.Samples;
        await group.WriteAsync<long>(_index, samples.ConvertAll(sample => (long?)sample.Index).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync(_source, samples.ConvertAll(sample => sample.Source));
        await group.WriteAsync(_role, samples.ConvertAll(sample => sample.Role));
        await group.WriteAsync(_kind, samples.ConvertAll(sample => sample.Kind!));
        await group.WriteAsync(_parameterSet, samples.ConvertAll(sample => sample.ParameterSet!));
        await group.WriteAsync<int>(_severity, samples.ConvertAll(sample => sample.Severity).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<int>(_linf, samples.ConvertAll(sample => (int?)sample.Linf).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync<double>(_l2, samples.ConvertAll(sample => (double?)sample.L2).ToArray(), cancellationToken: cancellationToken);
        await group.WriteAsync(_sha256, samples.ConvertAll(sample => sample.Sha256));
    }
}

/// <summary>Rows of a row group to be.</summary>
/// <param name="capacity">Number of rows.</param>
internal sealed class ParquetRows(int capacity)
{
    public int Count => Samples.Count;

    public List<byte[]> Png { get; } = new(capacity);

    public List<string> Paths { get; } = new(capacity);

    public List<long> Labels { get; } = new(capacity);

    public List<float> Probabilities { get; } = [];

    public List<SampleProvenance> Samples { get; } = new(capacity);

    public void Add(Images.ImageSet images, int position, SampleProvenance provenance, byte[] png)
    {
        Png.Add(png);
        Paths.Add(SampleNames.Png(provenance.Index));
        Labels.Add(images.Labels[position]);
        if (images.SoftLabels is { } soft)
            Probabilities.AddRange(soft.AsSpan(position * (soft.Length / images.Count), soft.Length / images.Count));
        Samples.Add(provenance);
    }

    /// <summary>0 where a list begins, 1 where it goes on (Dremel).</summary>
    public int[] Repetitions()
    {
        var columns = Probabilities.Count / Count;
        return [.. Enumerable.Range(0, Probabilities.Count).Select(i => i % columns == 0 ? 0 : 1)];
    }
}
