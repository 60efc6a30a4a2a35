namespace DataCentric.Pipeline.Model;

/// <summary>Who becomes what: one code a sample, 0 clean, 1 adversarial, 2 + k the k-th kind of corruption. Stored as one small file.</summary>
/// <param name="Kinds">Kinds of corruption, in code order.</param>
/// <param name="Assignments">One code for each sample, in set order; base64 in JSON.</param>
public sealed record EnhancementPlan(IReadOnlyList<string> Kinds, byte[] Assignments)
{
    /// <summary>Code of clean samples.</summary>
    public const byte CleanCode = 0;

    /// <summary>Code of attacked samples.</summary>
    public const byte AdversarialCode = 1;

    /// <summary>Code of the first kind of corruption.</summary>
    public const byte FirstKindCode = 2;

    private const int BlockSamples = 4096;

    private int[][]? _ranks;

    /// <summary>Number of samples.</summary>
    public int Count => Assignments.Length;

    /// <summary>Role of a sample.</summary>
    /// <param name="index">Its number in the set.</param>
    public SampleRole RoleOf(int index) => RoleOfCode(Assignments[index]);

    /// <summary>For each role how many samples before each block of the set have it, and in the end all: what a shard's samples are found by.</summary>
    private int[][] Ranks => _ranks ??= CountRanks();

    /// <summary>Index into <see cref="Kinds"/> of a corrupted sample's kind.</summary>
    /// <param name="index">Its number in the set.</param>
    public int KindOf(int index) => Assignments[index] - FirstKindCode;

    /// <summary>How many samples have a role.</summary>
    /// <param name="role">The role.</param>
    public int CountOf(SampleRole role) => Ranks[(int)role][^1];

    /// <summary>Numbers in the set of a shard's samples, ascending.</summary>
    /// <param name="shard">The shard.</param>
    /// <exception cref="ArgumentException">The plan holds fewer samples of that role.</exception>
    public int[] IndexesOf(Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        var indexes = new int[shard.Count];
        var ranks = Ranks[(int)shard.Role];
        var place = Array.BinarySearch(ranks, shard.Start);
        var block = place >= 0 ? place : ~place - 1; // The last one with no more samples before it than are skipped; of equal ones any will do.
        var (rank, found) = (ranks[block], 0);
        for (var index = block * BlockSamples; index < Count && found < shard.Count; index++)
        {
            if (RoleOf(index) == shard.Role && rank++ >= shard.Start)
                indexes[found++] = index;
        }

        return found == shard.Count ? indexes : throw new ArgumentException($"The plan has no shard {shard.Name}.", nameof(shard));
    }

    /// <summary>The plan with the samples of some shards clean.</summary>
    /// <param name="shards">The shards, as this plan has them.</param>
    /// <exception cref="ArgumentException">The plan has no such shard.</exception>
    public EnhancementPlan Without(IReadOnlyList<FailedShard> shards)
    {
        ArgumentNullException.ThrowIfNull(shards);
        if (shards.Count == 0)
            return this;
        var assignments = (byte[])Assignments.Clone();
        foreach (var index in shards.SelectMany(failed => IndexesOf(failed.Shard)))
            assignments[index] = CleanCode;
        return new EnhancementPlan(Kinds, assignments);
    }

    private int[][] CountRanks()
    {
        var blocks = (Count + BlockSamples - 1) / BlockSamples;
        int[][] ranks = [new int[blocks + 1], new int[blocks + 1], new int[blocks + 1]];
        for (var block = 0; block < blocks; block++)
        {
            foreach (var role in ranks)
                role[block + 1] = role[block];
            foreach (var code in Assignments.AsSpan(block * BlockSamples, Math.Min(BlockSamples, Count - (block * BlockSamples))))
                ranks[(int)RoleOfCode(code)][block + 1]++;
        }

        return ranks;
    }

    /// <summary>The role that a code stands for.</summary>
    internal static SampleRole RoleOfCode(byte code) => code switch
    {
        CleanCode => SampleRole.Clean,
        AdversarialCode => SampleRole.Adversarial,
        _ => SampleRole.Corrupted,
    };
}

/// <summary>What becomes of a sample.</summary>
public enum SampleRole
{
    /// <summary>Stays as it is.</summary>
    Clean,

    /// <summary>Is attacked.</summary>
    Adversarial,

    /// <summary>Is corrupted.</summary>
    Corrupted,
}

/// <summary>How many samples have each role.</summary>
/// <param name="Clean">Kept.</param>
/// <param name="Adversarial">Attacked.</param>
/// <param name="Corrupted">Corrupted.</param>
public sealed record PlanSummary(int Clean, int Adversarial, int Corrupted)
{
    /// <summary>The counts with the samples of some shards clean.</summary>
    /// <param name="shards">The shards.</param>
    public PlanSummary Without(IReadOnlyList<FailedShard> shards)
    {
        var (attacked, corrupted) = (Of(SampleRole.Adversarial), Of(SampleRole.Corrupted));
        return new(Clean + attacked + corrupted, Adversarial - attacked, Corrupted - corrupted);

        int Of(SampleRole role) => shards.Where(failed => failed.Shard.Role == role).Sum(failed => failed.Shard.Count);
    }
}
