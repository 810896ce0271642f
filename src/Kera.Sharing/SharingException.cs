namespace Kera.Sharing;

/// <summary>Thrown where what was given cannot be: a rule that contradicts another, a span that ends before it begins. The message says which, and what would be right.</summary>
public sealed class SharingException(string message) : Exception(message);
