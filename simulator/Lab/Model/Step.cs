namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>One thing that happens in a history. It stands for itself, so others may be left out.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Client">The client's number; -1 for none.</param>
/// <param name="Number">What the kind says; of Open where the client comes from.</param>
/// <param name="Bytes">Of Send what is sent.</param>
/// <param name="Text">Of Send the same for people.</param>
public sealed record Step(
    StepKind Kind, int Client = -1, long Number = 0, byte[]? Bytes = null, string Text = "")
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        StepKind.Send => $"client {Client} sends {Text}",
        StepKind.Open => $"client {Client} opens from {Number}",
        StepKind.Pass => $"{Number} ms pass",
        StepKind.Tick or StepKind.Rest => Kind.ToString(),
        _ => $"{Kind} {Client} {Number}",
    };
}
