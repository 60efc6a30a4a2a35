namespace DataCentric.Pipeline.Results;

/// <summary>What is known of a finished shard. Written after its pixels: where a record fits its pixels, the shard is done.</summary>
/// <param name="Shard">Name of the shard.</param>
/// <param name="PixelsSha256">Hash of the shard's pixel file.</param>
/// <param name="Surrogates">Hash of the ensemble that attacked or chose its samples; empty where none did.</param>
/// <param name="Samples">One record a sample, ascending.</param>
internal sealed record ShardRecord(string Shard, string PixelsSha256, string Surrogates, IReadOnlyList<SampleRecord> Samples);

/// <summary>What is known of a finished sample.</summary>
/// <param name="Index">Number in the set.</param>
/// <param name="Linf">Largest absolute difference to the source, in levels.</param>
/// <param name="L2">l2 norm of the difference, in levels.</param>
/// <param name="Sha256">Hash of its pixels.</param>
/// <param name="Attack">What the attack did; null unless attacked.</param>
internal sealed record SampleRecord(int Index, int Linf, double L2, string Sha256, AttackEntry? Attack);
