using DataCentric.Imaging.Formats;
using DataCentric.Imaging.Inspection;
using DataCentric.Imaging.Pictures;

namespace DataCentric.Cli.Terminal;

/// <summary>What <c>inspect</c> found, for people.</summary>
internal static class InspectionTable
{
    private const int Shown = 20;
    private const int ShownFew = 8;

    /// <summary>Shows the table.</summary>
    /// <param name="dataset">The set, as it was named.</param>
    /// <param name="set">What was found.</param>
    /// <param name="against">The other set, as it was named; null for none.</param>
    public static void Show(string dataset, DataSetInspection set, string? against)
    {
        var table = new FactsTable();
        table.Add("Data set", dataset);
        table.Add("Format", set.Format);
        table.Add("Images", Images(set));
        if (set.Pictures is { } pictures)
        {
            table.Add("Picture files", Counts(pictures.Formats));
            table.Add("Their sizes", Counts(pictures.Sizes));
            table.Add("Among them", Counts(pictures.Traits));
        }

        table.Add("Labels", set.HasSoftLabels ? "class probabilities" : "class indexes");
        table.Add("Classes", string.Join(", ", set.Classes.Select(entry => $"{entry.Name} {entry.Count}")));
        table.Add("Class balance", Balance(set.Classes));
        table.Add("Channel means", Levels(set.ChannelMeans));
        table.Add("Channel deviations", Levels(set.ChannelDeviations));
        table.Add("One-colour images", $"{set.ConstantImages}");
        table.Add("Exact duplicates", $"{set.Duplicates.Images} images repeat {set.Duplicates.Groups} others; {Labels(set.Duplicates.OtherLabels)}");
        Examples(set.Duplicates);
        Near("Near duplicates", set.NearDuplicates);
        LeftOut("Broken images", set.Broken);
        if (set.OtherSizes.Count > set.Count)
            table.Add("Of another size", string.Create(CultureInfo.InvariantCulture, $"{set.OtherSizes.Count:N0}; --json lists them"));
        else
            LeftOut("Of another size", set.OtherSizes);
        if (set.OtherSizes.Count > 0)
            table.Add("", "enhance wants one size: --resize 224, or another, brings all to it, and gives inspect the figures of all");
        if (set.Against is { } overlap)
        {
            table.Add("Compared with", string.Create(CultureInfo.InvariantCulture, $"{against}, {overlap.Count:N0} images"));
            table.Add("In both", $"{overlap.Duplicates.Images} images; {Labels(overlap.Duplicates.OtherLabels)}");
            Examples(overlap.Duplicates);
            Near("Nearly in both", overlap.NearDuplicates);
            LeftOut("Broken there", overlap.Broken);
            LeftOut("Of another size there", overlap.OtherSizes);
        }

        table.Show();

        void Examples(DuplicateCount duplicates)
        {
            foreach (var example in duplicates.Examples)
                table.Add("", $"{example.Image} = {example.Repeats}{(example.SameLabel ? "" : ", another label")}");
        }

        void Near(string name, NearDuplicateCount? near)
        {
            table.Add(name, near is null ? "not looked for among so many images; --near does, up to 200000" : $"{near.Images} images; {Labels(near.OtherLabels)}");
            foreach (var pair in (near?.Pairs ?? []).Take(Shown))
                table.Add("", string.Create(CultureInfo.InvariantCulture, $"{pair.Image} ~ {pair.Resembles}, {pair.Similarity:F3}{(pair.Mirrored ? ", mirrored" : "")}{(pair.SameLabel ? "" : ", another label")}"));
        }

        void LeftOut(string name, IReadOnlyList<LeftOutImage> images)
        {
            table.Add(name, $"{images.Count}");
            foreach (var image in images.Take(ShownFew))
                table.Add("", image.Reason);
            if (images.Count > ShownFew)
                table.Add("", $"and {images.Count - ShownFew} more; --json lists all");
        }
    }

    private static string Images(DataSetInspection set) => set.OtherSizes.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{set.Count:N0} of {set.Height}x{set.Width}, RGB")
        : string.Create(CultureInfo.InvariantCulture, $"{set.Count + set.OtherSizes.Count:N0} of several sizes, RGB; what pixels tell below is that of the {set.Count:N0} of {set.Height}x{set.Width}");

    private static string Balance(IReadOnlyList<ClassCount> classes)
    {
        var (least, most) = (classes.Min(entry => entry.Count), classes.Max(entry => entry.Count));
        return string.Create(CultureInfo.InvariantCulture, $"{least} to {most} images a class{(least > 0 ? $", 1 : {(double)most / least:F2}" : "; some class has none")}");
    }

    private static string Counts(IReadOnlyList<PictureCount> kinds) => kinds.Count == 0 ? "nothing special"
        : string.Join(", ", kinds.Take(ShownFew).Select(kind => $"{kind.Name} {kind.Count}")) + (kinds.Count > ShownFew ? $" and {kinds.Count - ShownFew} more" : "");

    private static string Labels(int others) => $"{others} of them under another label";

    private static string Levels(IEnumerable<double> values) => string.Join(", ", values.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)));
}
