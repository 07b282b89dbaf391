using System.Runtime.CompilerServices;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>The text of a failure, which is made only if there is one: checks are many.</summary>
[InterpolatedStringHandler]
public ref struct FailureText
{
    private DefaultInterpolatedStringHandler _text;

    /// <param name="literalLength">See InterpolatedStringHandler.</param>
    /// <param name="formattedCount">See InterpolatedStringHandler.</param>
    /// <param name="holds">Whether there is no failure.</param>
    /// <param name="isWanted">Whether there is one.</param>
    public FailureText(int literalLength, int formattedCount, bool holds, out bool isWanted)
    {
        isWanted = !holds;
        _text = isWanted
            ? new DefaultInterpolatedStringHandler(literalLength, formattedCount)
            : default;
    }

    /// <summary>Adds words.</summary>
    public void AppendLiteral(string words) => _text.AppendLiteral(words);

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    /// <summary>The text.</summary>
    public string Take() => _text.ToStringAndClear();
}
