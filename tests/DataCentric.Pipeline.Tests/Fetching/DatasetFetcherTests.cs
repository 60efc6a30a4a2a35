using System.Security.Cryptography;
using DataCentric.Pipeline.Documents.Card;
using DataCentric.Pipeline.Fetching;
using DataCentric.Pipeline.Model;
using DataCentric.Pipeline.Tests.Documents;
using Microsoft.Extensions.Time.Testing;

namespace DataCentric.Pipeline.Tests.Fetching;

/// <summary>Whatever the server does, a file has its name only when it is the right one, and nothing is fetched twice without need.</summary>
public sealed class DatasetFetcherTests : IDisposable, IProgress<FetchProgress>
{
    private const int Length = 300_000;
    private const int Cut = 100_000;
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(Length);
    private static readonly KnownDataset Known = Set(Content);

    private readonly string _folder = Directory.CreateTempSubdirectory("datacentric-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly List<FetchProgress> _progress = [];
    private readonly TaskCompletionSource _cutReached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string File => Path.Combine(_folder, "set.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_comes_whole_and_is_left_alone_the_next_time()
    {
        await using var server = new FlakyServer(Content);

        (await FetchAsync(server)).ShouldBe([File]);
        await FetchAsync(server);

        ShouldBeWhole();
        server.Requests.ShouldBe(["/sets/set.bin"]);
        _progress[^1].ShouldBe(new FetchProgress("set.bin", Length, Length));
    }

    [Fact]
    public async Task What_has_no_licence_says_so_beside_it_and_in_the_card()
    {
        await using var server = new FlakyServer(Content);
        await FetchAsync(server);

        var found = (await LicenseFile.FindAsync(File, CancellationToken.None))!;

        found.License.ShouldBe(new DataLicense(DataLicense.UnknownId, LicenseOrigin.File));
        found.Text.ShouldContain("Licence: none is stated");
        var card = DatasetCard.Create(SomeRun.Record with { License = found.License });
        card.ShouldContain("\nlicense: unknown\n");
        card.ShouldContain("**Unknown.** The source states no licence");
    }

    [Fact]
    public async Task The_licence_of_a_known_set_lies_with_its_files_and_one_that_is_there_stays()
    {
        var known = KnownDataset.Find("fashion-mnist") with { Files = [] };
        using var client = new HttpClient();
        var fetcher = new DatasetFetcher(client, new FetchOptions(), _time, this);

        await fetcher.FetchAsync(known, null, _folder, CancellationToken.None);

        var found = (await LicenseFile.FindAsync(_folder, CancellationToken.None))!;
        found.License.ShouldBe(new DataLicense("MIT", LicenseOrigin.File));
        found.Text.ShouldContain("Copyright (c) 2017 Zalando SE");
        var path = Path.Combine(_folder, "LICENSE");
        await System.IO.File.WriteAllTextAsync(path, "Mine.");
        await fetcher.FetchAsync(known, null, _folder, CancellationToken.None);
        (await System.IO.File.ReadAllTextAsync(path)).ShouldBe("Mine.");
    }

    [Fact]
    public async Task Cut_off_it_goes_on_from_there()
    {
        await using var server = new FlakyServer(Content, new Fault { CutAfter = Cut }, new Fault { CutAfter = Cut });

        await FetchAsync(server);

        ShouldBeWhole();
        server.Requests.ShouldBe(["/sets/set.bin", $"/sets/set.bin bytes={Cut}-", $"/sets/set.bin bytes={2 * Cut}-"]);
        _progress.Count(step => step.Trouble is not null).ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_without_bytes_is_given_up_after_the_stall_timeout()
    {
        using var over = new CancellationTokenSource();
        await using var server = new FlakyServer(Content, new Fault { CutAfter = Cut, Stalls = true, StallEnds = over.Token });
        var fetching = FetchAsync(server);
        await _cutReached.Task;

        _time.Advance(TimeSpan.FromSeconds(29));
        fetching.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(2));
        await over.CancelAsync();
        await fetching;

        ShouldBeWhole();
        server.Requests[1].ShouldBe($"/sets/set.bin bytes={Cut}-");
        _progress.ShouldContain(step => step.Trouble != null && step.Trouble.Contains("nothing came for 30 seconds"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task Trouble_that_passes_is_waited_for(int status)
    {
        await using var server = new FlakyServer(Content, new Fault { Status = status }, new Fault { Status = status });

        await FetchAsync(server);

        ShouldBeWhole();
        server.Requests.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task Trouble_that_stays_is_said_at_once(int status)
    {
        await using var server = new FlakyServer(Content, new Fault { Status = status });

        (await Should.ThrowAsync<InputException>(() => FetchAsync(server))).Message.ShouldContain($"answers {status}");

        server.Requests.Count.ShouldBe(1);
        ShouldBeNothing();
    }

    [Fact]
    public async Task After_several_attempts_without_a_byte_it_is_given_up_and_the_next_run_goes_on()
    {
        await using var server = new FlakyServer(
            Content, new Fault { CutAfter = Cut }, new Fault { Status = 503 }, new Fault { Status = 503 }, new Fault { Status = 503 });

        (await Should.ThrowAsync<FetchException>(() => FetchAsync(server, attempts: 3))).Message.ShouldContain("answers 503");
        System.IO.File.Exists(File).ShouldBeFalse();
        await FetchAsync(server);

        ShouldBeWhole();
        server.Requests[^1].ShouldBe($"/sets/set.bin bytes={Cut}-");
    }

    public static TheoryData<string> Restarts => ["416", "ignores the range", "another start", "another version", "no version"];

    [Theory]
    [MemberData(nameof(Restarts))]
    public async Task Where_it_cannot_go_on_it_begins_anew(string reason)
    {
        var second = reason switch
        {
            "416" => new Fault { Status = 416 },
            "ignores the range" => new Fault { IgnoresRange = true },
            "another start" => new Fault { RangeShift = 5 },
            _ => new Fault(),
        };
        await using var server = new FlakyServer(Content, new Fault { CutAfter = Cut, Stalls = true });
        if (reason == "no version")
            server.EntityTag = null;
        using var stop = new CancellationTokenSource();
        var stopped = FetchAsync(server, cancellationToken: stop.Token);
        await _cutReached.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => stopped);
        await using var again = new FlakyServer(Content, second) { EntityTag = reason switch { "another version" => "\"two\"", "no version" => null, _ => "\"one\"" } };

        // The note names the address, so both servers have to be one to the client.
        Rename(server.Address, again.Address);
        await FetchAsync(again);

        ShouldBeWhole();
        again.Requests[0].ShouldBe(reason == "no version" ? "/sets/set.bin" : $"/sets/set.bin bytes={Cut}-");
    }

    [Fact]
    public async Task Wrong_bytes_never_get_the_name()
    {
        var wrong = (byte[])Content.Clone();
        wrong[Cut] ^= 1;
        await using var server = new FlakyServer(wrong);

        (await Should.ThrowAsync<FetchException>(() => FetchAsync(server))).Message.ShouldContain("its SHA-256 differs");

        ShouldBeNothing();
    }

    [Fact]
    public async Task A_file_of_another_length_is_refused_before_its_bytes_come()
    {
        foreach (var fault in (Fault[])[new() { Content = new byte[Length + 1] }, new() { Content = new byte[Length - 1] }])
        {
            await using var server = new FlakyServer(Content, fault);

            (await Should.ThrowAsync<InputException>(() => FetchAsync(server))).Message.ShouldContain("is another one");
            ShouldBeNothing();
        }
    }

    [Fact]
    public async Task A_length_that_is_a_lie_or_not_told_does_not_matter()
    {
        await using var more = new FlakyServer(Content, new Fault { Content = [.. Content, 1, 2, 3], HidesLength = true });
        await using var less = new FlakyServer(Content, new Fault { CutAfter = Cut, HidesLength = true });
        await using var lie = new FlakyServer(Content, new Fault { Content = [.. Content, 1, 2, 3], Length = Length });

        foreach (var server in (FlakyServer[])[more, less, lie])
        {
            await FetchAsync(server);

            ShouldBeWhole();
            System.IO.File.Delete(File);
        }
    }

    [Fact]
    public async Task Another_file_of_that_name_is_replaced_only_where_that_is_wanted()
    {
        await System.IO.File.WriteAllBytesAsync(File, new byte[Length], TestContext.Current.CancellationToken);
        await using var server = new FlakyServer(Content);

        (await Should.ThrowAsync<InputException>(() => FetchAsync(server))).Message.ShouldContain("--overwrite");
        (await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken)).ShouldBe(new byte[Length]);
        await FetchAsync(server, overwrite: true);

        ShouldBeWhole();
    }

    void IProgress<FetchProgress>.Report(FetchProgress value)
    {
        _progress.Add(value);
        if (value.Done >= Cut)
            _cutReached.TrySetResult();
    }

    private static KnownDataset Set(byte[] content) => new(
        "known", "Known", new Uri("http://127.0.0.1:1/"), "none is stated", "Ask its authors.", [new("set.bin", content.Length, Convert.ToHexStringLower(SHA256.HashData(content)))]);

    private async Task<IReadOnlyList<string>> FetchAsync(FlakyServer server, int attempts = 6, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var options = new FetchOptions { FirstDelay = TimeSpan.Zero, LongestDelay = TimeSpan.Zero, FruitlessAttempts = attempts, Overwrite = overwrite };
        return await new DatasetFetcher(client, options, _time, this).FetchAsync(Known, server.Address, _folder, cancellationToken);
    }

    private void Rename(Uri from, Uri to)
    {
        var note = File + ".part.json";
        if (System.IO.File.Exists(note))
            System.IO.File.WriteAllText(note, System.IO.File.ReadAllText(note).Replace(from.Authority, to.Authority, StringComparison.Ordinal));
    }

    private void ShouldBeWhole()
    {
        System.IO.File.ReadAllBytes(File).ShouldBe(Content);
        Directory.GetFiles(_folder).Order().ShouldBe([File, File + ".license"]);
    }

    private void ShouldBeNothing() => Directory.GetFiles(_folder).ShouldBeEmpty();
}
