using CsCheck;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Selection;

namespace DataCentric.Pipeline.Tests.Selection;

public class ClassSharesTests
{
    private static readonly Gen<Split> Splits = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20]).Where(shares => shares is not (0, 0, 0))
        .Select(shares => new Split(shares.Item1, shares.Item2, shares.Item3));

    [Fact]
    public void Shares_that_are_whole_numbers_are_kept() =>
        ClassShares.Of([5000, 5000, 2500], [4500, 5000, 3000]).ShouldBe([[1800, 2000, 1200], [1800, 2000, 1200], [900, 1000, 600]]);

    /// <summary>Five classes of 1, by hand: each by itself has remainders 0.2, 0.2, 0.6 and would be corrupted.</summary>
    [Fact]
    public void Where_every_class_wants_the_same_role_the_first_classes_give_way() =>
        ClassShares.Of([1, 1, 1, 1, 1], [1, 1, 3]).ShouldBe([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 1]]);

    /// <summary>
    /// Shares (0.6, 0.6, 1.8) and (0.4, 0.4, 1.2), by hand: by themselves the classes take (1, 0, 2) and (1, 0, 1). One clean sample is too many, none
    /// is attacked; to move it costs nothing in either class, so the first one does.
    /// </summary>
    [Fact]
    public void The_largest_remainders_are_rounded_up_and_ties_go_to_the_first_class() => ClassShares.Of([3, 2], [1, 1, 3]).ShouldBe([[0, 1, 2], [1, 0, 1]]);

    [Fact]
    public void All_classes_and_roles_keep_their_sizes_and_each_share_is_rounded_up_or_down() =>
        Gen.Select(Gen.Int[0, 300].Array[0, 40], Splits).Sample((classes, split) =>
        {
            var total = classes.Sum();
            var roles = SizesOf(split, total);

            var table = ClassShares.Of(classes, roles);

            table.Select(row => row.Sum()).ShouldBe(classes);
            Enumerable.Range(0, 3).Select(role => table.Sum(row => row[role])).ShouldBe(roles);
            for (var index = 0; index < classes.Length; index++)
            {
                for (var role = 0; role < 3; role++)
                    Math.Abs(table[index][role] - Share(classes, roles, index, role)).ShouldBeLessThan(1 - 1e-9);
            }
        });

    [Fact]
    public void No_other_table_of_shares_rounded_up_or_down_is_nearer_to_them() =>
        Gen.Select(Gen.Int[0, 30].Array[1, 6], Splits).Sample((classes, split) =>
        {
            var roles = SizesOf(split, classes.Sum());

            var least = Tables(classes, roles, 0, roles).Min(table => Squares([.. table], classes, roles));

            Squares(ClassShares.Of(classes, roles), classes, roles).ShouldBe(least, 1e-9);
        }, iter: 300);

    [Fact]
    public void Sizes_that_do_not_add_up_are_refused() => Should.Throw<ArgumentException>(() => ClassShares.Of([1, 2], [1, 1, 2]));

    private static int[] SizesOf(Split split, int total)
    {
        var (clean, adversarial, corrupted) = split.SizesFor(total);
        return [clean, adversarial, corrupted];
    }

    private static double Share(int[] classes, int[] roles, int index, int role) => (double)classes[index] * roles[role] / Math.Max(1, classes.Sum());

    private static double Squares(int[][] table, int[] classes, int[] roles) => table.Select((row, index) =>
        row.Select((size, role) => Math.Pow(size - Share(classes, roles, index, role), 2)).Sum()).Sum();

    /// <summary>All tables of these sizes, from a class on, with every share rounded up or down.</summary>
    private static IEnumerable<IEnumerable<int[]>> Tables(int[] classes, int[] roles, int index, int[] left)
    {
        if (index == classes.Length)
            return left.All(size => size == 0) ? [[]] : [];
        return
            from clean in Rounded(0)
            from adversarial in Rounded(1)
            from corrupted in Rounded(2)
            where clean + adversarial + corrupted == classes[index]
            from rest in Tables(classes, roles, index + 1, [left[0] - clean, left[1] - adversarial, left[2] - corrupted])
            select rest.Prepend([clean, adversarial, corrupted]);

        IEnumerable<int> Rounded(int role)
        {
            var share = Math.Round(Share(classes, roles, index, role), 9);
            return new[] { (int)Math.Floor(share), (int)Math.Ceiling(share) }.Distinct();
        }
    }
}
