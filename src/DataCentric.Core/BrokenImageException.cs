namespace DataCentric;

/// <summary>An image that cannot be read whole: an empty file, one that is no picture, or one that is cut off. Nothing but another file mends it.</summary>
/// <param name="message">Which image, and what is wrong with it.</param>
public sealed class BrokenImageException(string message) : InputException(message);
