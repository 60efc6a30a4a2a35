using DataCentric.Images;
using DataCentric.Imaging.Pictures;
using DataCentric.Pipeline.Documents.Report;
using DataCentric.Pipeline.Model;

namespace DataCentric.Pipeline.Tests.Documents;

/// <summary>A report that has every section, with names that try to be markup.</summary>
internal static class SomeReport
{
    public const string HostileClass = "<img src=x onerror=alert(1)>";

    private static readonly ImageShape Strip = new(8, 24);

    public static ReportContent Content { get; } = new(
        SomeRun.Record with
        {
            Classes = [HostileClass, "bee \"queen\" & co", "a-name-that-has-no-place-to-break-at-and-goes-on-and-on-for-longer-than-a-phone-is-wide"],
            Request = SomeRun.Record.Request with { Dataset = "sets/<script>alert(1)</script>'\"" },
            FailedTries = [new FailedTry("shard adversarial-000000000-000064", "no route to <host>")],
            Statistics = SomeRun.Record.Statistics! with { Examples = [0, 1, 2] },
        },
        [Sample(0, SampleRole.Adversarial, null), Sample(1, SampleRole.Corrupted, "fog"), Sample(2, SampleRole.Corrupted, "rain")],
        new ScoreTable("paper", 1000,
        [
            new("raw", "resnet20", new(91, 0.4, 3), new(20, 1.5, 3), new(60, 0.7, 3), new(57, 0.6, 3), null),
            new("<b>0:1:4</b>", "resnet20", new(88, 0.5, 3), new(70, 1.1, 3), new(78, 0.6, 3), new(78.7, 0.5, 3), new(21.7, 0.8, 3)),
            new("<b>0:1:4</b>", "vgg", new(88, null, 1, 87.2, 88.9), new(70, null, 1, 68.4, 71.5), new(78, null, 1, 77, 79), new(78.7, null, 1, 78, 79.2), new(0.7, null, 1, -0.2, 1.4)),
            new("<b>0:1:4</b>", null, new(88, null, 1), new(70, null, 1), new(78, null, 1), new(78.7, null, 1), new(21.7, null, 1)),
        ],
        [
            new("adv", "compact", 500, new Dictionary<string, double> { ["raw"] = 20, ["<b>0:1:4</b>"] = 70 }),
            new("cor", "<i>fog</i>", 26, new Dictionary<string, double> { ["raw"] = 60 }),
        ],
        new AttackStrength { Attackers = [new("<i>own</i>", 92, 0)], Raw = new("vgg", 70, 50) }));

    private static ShownSample Sample(int index, SampleRole role, string? kind)
    {
        var pixels = Enumerable.Range(0, Strip.ByteLength).Select(i => (byte)((i * 37) + (index * 50))).ToArray();
        return new(
            new ManifestEntry
            {
                Index = index,
                Source = $"<i>file</i>.png#{index}",
                Key = (ulong)index,
                Label = index,
                Role = role,
                Kind = kind,
                ParameterSet = kind is null ? null : "paper14",
                Seed = 7,
                Linf = 14,
                L2 = 300,
                Sha256 = SomeRun.Hash,
                Attack = role == SampleRole.Adversarial
                    ? new AttackEntry { Surrogates = "0123456789abcdef", Excess = 10, TrueLogitBefore = 5, TrueLogitAfter = -2, PredictionBefore = 0, PredictionAfter = 1, HeldOutBefore = 0, HeldOutAfter = 2 }
                    : null,
            },
            RgbImage.EncodePng(pixels, Strip),
            Strip);
    }
}
