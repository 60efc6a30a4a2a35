namespace DataCentric.Tests.Fuzzing;

/// <summary>Whole files that a reader reads, to be damaged.</summary>
/// <param name="Name">Name of the reader and its format.</param>
/// <param name="Opens">What the reader opens: a file, or "" for the folder.</param>
/// <param name="Read">Reads all there is.</param>
/// <param name="Files">The files; one of them is damaged at a time.</param>
internal sealed record FuzzTarget(string Name, string Opens, Action<string> Read, params (string Name, byte[] Bytes)[] Files);
