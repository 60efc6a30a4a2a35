using System.Diagnostics;
using System.Globalization;

namespace DataCentric.Tests.Fuzzing;

/// <summary>
/// Gives a reader damaged files. It has to read them or to throw an <see cref="InputException"/> that names the file; anything else, more
/// than 1 GB of memory, and more than a minute is a failure. The normal number of inputs is small; DATACENTRIC_FUZZ sets another one, such
/// as 10000.
/// </summary>
internal static class FuzzRun
{
    private const int Normal = 150;
    private const long MostMemory = 1L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs one target; the line that it gives is a row of a table: reader, inputs, errors, reads, slowest, most memory.</summary>
    public static string Check(FuzzTarget target)
    {
        var inputs = int.TryParse(Environment.GetEnvironmentVariable("DATACENTRIC_FUZZ"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Normal;
        var folder = Directory.CreateTempSubdirectory("datacentric-fuzz-").FullName;
        var (errors, slowest, memory) = (0, TimeSpan.Zero, 0L);
        try
        {
            Write(folder, target.Files);
            target.Read(Path.Combine(folder, target.Opens)); // whole, it is read
            for (var number = 0; number < inputs; number++)
            {
                var (name, bytes) = target.Files[number % target.Files.Length];
                Write(folder, (name, Mutator.Damage(bytes, number)));
                var found = Run(target, folder, number);
                Write(folder, (name, bytes));
                errors += found.IsError ? 1 : 0;
                slowest = found.Time > slowest ? found.Time : slowest;
                memory = Math.Max(memory, found.Memory);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {target.Name} | {inputs} | {errors} | {inputs - errors} | {slowest.TotalMilliseconds:F0} ms | {memory / 1e6:F1} MB |");
    }

    private static (bool IsError, TimeSpan Time, long Memory) Run(FuzzTarget target, string folder, int number)
    {
        var watch = Stopwatch.StartNew();
        var job = Task.Run(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var error = Attempt(target, folder);
            return (error, GC.GetAllocatedBytesForCurrentThread() - before);
        });
        job.Wait(Patience).ShouldBeTrue($"{target.Name}, damage {number}: not done after {Patience}.");
        var (error, memory) = job.Result;
        memory.ShouldBeLessThan(MostMemory, $"{target.Name}, damage {number}: took that much memory.");
        if (error is not (null or InputException))
            Assert.Fail($"{target.Name}, damage {number}: {error}");
        error?.Message.ShouldContain(folder, Case.Sensitive, $"{target.Name}, damage {number}: the message names no file.");
        return (error is not null, watch.Elapsed, memory);
    }

    private static Exception? Attempt(FuzzTarget target, string folder)
    {
        try
        {
            target.Read(Path.Combine(folder, target.Opens));
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static void Write(string folder, params (string Name, byte[] Bytes)[] files)
    {
        foreach (var (name, bytes) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
