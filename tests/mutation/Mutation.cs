namespace EdgeBroker.Tests.Mutation;

/// <summary>One change of the compiled core.</summary>
/// <param name="Type">The type's full name.</param>
/// <param name="Method">Its method's full name, with the signature.</param>
/// <param name="Index">Which instruction of the method.</param>
/// <param name="Kind">What is done to it.</param>
/// <param name="Where">File and line.</param>
internal sealed record Mutation(string Type, string Method, int Index, string Kind, string Where)
{
    public override string ToString() => $"{Where} {Kind}";
}
