using DataCentric.Pipeline.Activities;

namespace DataCentric.Pipeline.Results;

/// <summary>Counts breaches and keeps the first of them.</summary>
internal sealed class BreachList
{
    private const int Kept = 20;
    private readonly List<string> _first = [];
    private int _count;

    public void Add(string breach)
    {
        _count++;
        if (_first.Count < Kept)
            _first.Add(breach);
    }

    public VerificationReport Report(int samples) => new(samples, _count, _first);
}
