namespace DataCentric.Pipeline.Selection;

/// <summary>
/// How many samples of each class get each role. A class of n of the N samples ought to have n·s / N of a role of size s. Each of these shares
/// is rounded up or down so that all classes and all roles keep their sizes exactly, and of all such tables the one is taken that is nearest to
/// the shares in the sum of squares: controlled rounding as a transportation problem (Causey, Cox and Ernst 1985, JASA 80, 903-909).
/// <para>
/// The rule: (1) each class by itself rounds its largest remainders up, ties go to the earlier role; (2) while some role has too many samples and
/// another too few, one sample is moved in one class from a role that was rounded up to one that was rounded down, or two in two classes by
/// way of the third role, whichever adds least to the squares. The classes' squares are least after (1), and a cheapest path keeps them least
/// (successive shortest paths); there is always one, as the shares themselves have these sums. Ties go to one move before two, then to the
/// role with too many, the role with too few, and the class that come first.
/// </para>
/// </summary>
internal static class ClassShares
{
    /// <summary>The table: for each class the number of its samples that get each role.</summary>
    /// <param name="classes">Sizes of the classes, 0 or more.</param>
    /// <param name="roles">Sizes of the three roles, 0 or more, with the same sum.</param>
    /// <exception cref="ArgumentException">The sums differ, or there are not three roles.</exception>
    public static int[][] Of(IReadOnlyList<int> classes, IReadOnlyList<int> roles)
    {
        var total = classes.Sum();
        if (roles.Count != 3 || roles.Sum() != total)
            throw new ArgumentException("Three roles must have as many samples as the classes.", nameof(roles));
        var rows = classes.Select(size => new Row(size, roles, Math.Max(total, 1))).ToArray();
        var lacking = roles.Select((size, role) => size - rows.Sum(row => row.Sizes[role])).ToArray();
        while (Array.Exists(lacking, lack => lack != 0))
        {
            var path = Paths(rows, lacking).MinBy(path => path.Sum(move => move.Cost))!;
            foreach (var move in path)
                rows[move.Class].Move(move.From, move.To);
            lacking[path[0].From]++;
            lacking[path[^1].To]--;
        }

        return [.. rows.Select(row => row.Sizes)];
    }

    /// <summary>All ways to take one sample from a role with too many to one with too few, each move in the class where it costs least.</summary>
    private static IEnumerable<Step[]> Paths(Row[] rows, int[] lacking)
    {
        var all = Enumerable.Range(0, 3).ToArray();
        var steps = all.Select(from => all.Select(to => Cheapest(rows, from, to)).ToArray()).ToArray();
        (int, int)[] ends = [.. from many in all where lacking[many] < 0 from few in all where lacking[few] > 0 select (many, few)];
        foreach (var (many, few) in ends)
        {
            if (steps[many][few] is { } step)
                yield return [step];
        }

        foreach (var (many, few) in ends)
        {
            var third = 3 - many - few;
            if (steps[many][third] is { } first && steps[third][few] is { } second)
                yield return [first, second];
        }
    }

    private static Step? Cheapest(Row[] rows, int from, int to)
    {
        Step? best = null;
        for (var index = 0; index < rows.Length; index++)
        {
            if (rows[index].CostOf(from, to) is { } cost && !(best?.Cost <= cost))
                best = new Step(index, from, to, cost);
        }

        return best;
    }

    /// <summary>One sample of a class goes from one role to another.</summary>
    private sealed record Step(int Class, int From, int To, long Cost);

    /// <summary>The shares of one class.</summary>
    private sealed class Row
    {
        private readonly long[] _remainders;
        private readonly bool[] _isUp = new bool[3];

        public Row(int size, IReadOnlyList<int> roles, int total)
        {
            Sizes = [.. roles.Select(role => (int)((long)size * role / total))];
            _remainders = [.. roles.Select(role => (long)size * role % total)];
            foreach (var role in Enumerable.Range(0, 3).OrderByDescending(role => _remainders[role]).Take(size - Sizes.Sum())) // stable
                RoundUp(role);
        }

        public int[] Sizes { get; }

        /// <summary>What a move adds to the squares, in units of 2 / N: rounding remainder f up, not down, adds (1 − f)² − f² = 1 − 2f.</summary>
        public long? CostOf(int from, int to) =>
            _isUp[from] && !_isUp[to] && _remainders[to] > 0 ? _remainders[from] - _remainders[to] : null;

        public void Move(int from, int to)
        {
            Sizes[from]--;
            _isUp[from] = false;
            RoundUp(to);
        }

        private void RoundUp(int role)
        {
            Sizes[role]++;
            _isUp[role] = true;
        }
    }
}
