namespace DataCentric;

/// <summary>
/// What the user gave cannot be used: a broken file, an unknown name, options that contradict each other. The message names the file
/// and the place and says what is expected; a host shows it without a stack trace (command line: exit code 2; HTTP: 400).
/// </summary>
public class InputException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what is expected.</param>
    public InputException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong, where, and what is expected.</param>
    /// <param name="inner">The failure that shows it.</param>
    public InputException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
