using System.Globalization;
using System.Text;

namespace EdgeBroker.Simulator.Config;

/// <summary>
/// Text of strangers for logs and terminals: no control characters, no escape sequences, nothing
/// that turns the direction of writing, and no way to end the quotes.
/// </summary>
public static class SafeText
{
    private const int MaxLength = 100;

    /// <summary>Puts text into quotes, with everything that does not print escaped.</summary>
    /// <param name="text">Any text; what is longer than 100 characters is cut.</param>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (count++ == MaxLength)
            {
                return quoted.Append("\"...").ToString();
            }

            if (rune.Value is '"' or '\\')
            {
                quoted.Append('\\').Append((char)rune.Value);
            }
            else if (IsPrintable(rune))
            {
                quoted.Append(rune.ToString());
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether a terminal shows a character as it is, and nothing else happens.</summary>
    public static bool IsPrintable(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control:
            case UnicodeCategory.Format:
            case UnicodeCategory.LineSeparator:
            case UnicodeCategory.ParagraphSeparator:
            case UnicodeCategory.Surrogate:
            case UnicodeCategory.PrivateUse:
            case UnicodeCategory.OtherNotAssigned:
                return false;
            case UnicodeCategory.SpaceSeparator:
                return rune.Value == ' ';
            default:
                return rune != Rune.ReplacementChar;
        }
    }
}
