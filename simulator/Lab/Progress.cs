namespace EdgeBroker.Simulator.Lab;

/// <summary>Tells on a terminal how many runs are done.</summary>
internal sealed class Progress(int count)
{
    private readonly StatusLine _line = new();

    /// <summary>Shows how far it is.</summary>
    public void Show(int done, long virtualMs)
    {
        double hours = virtualMs / 3_600_000.0;
        _line.Show($"{done:N0} of {count:N0} runs, {hours:N1} virtual hours");
    }

    /// <summary>Takes the line away.</summary>
    public void Clear() => _line.Clear();
}
