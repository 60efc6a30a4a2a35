namespace DataCentric.Pipeline.Model;

/// <summary>How far an activity is.</summary>
/// <param name="Item">What it works on: a shard, a surrogate, a file.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all.</param>
/// <param name="Unit">What a unit is, such as <c>epochs</c>.</param>
/// <param name="Detail">A few words more, such as loss and accuracy; may be empty.</param>
public sealed record ActivityProgress(string Item, long Done, long Total, string Unit, string Detail = "");

/// <summary>Told by an activity how far it is, for people who watch.</summary>
public interface IActivityObserver
{
    /// <summary>Some work was done.</summary>
    /// <param name="progress">How far the activity is.</param>
    void Report(ActivityProgress progress);

    /// <summary>Something is remarkable about a data set that was read. Who does not override this is not told.</summary>
    /// <param name="remark">What, a sentence that names the set.</param>
    void Remark(string remark)
    {
    }
}

/// <summary>Watches nothing.</summary>
public sealed class NullActivityObserver : IActivityObserver
{
    /// <inheritdoc/>
    public void Report(ActivityProgress progress)
    {
    }
}
