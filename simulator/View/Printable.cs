using System;
using System.Buffers;
using System.Text;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.View;

/// <summary>What strangers sent, in a form that a terminal can show without harm.</summary>
public static class Printable
{
    /// <summary>Most characters of a name; a Client Identifier may take 64 KB.</summary>
    public const int LongestName = 512;

    /// <summary>A name in UTF-8; what does not print is escaped, what is too long is cut.</summary>
    public static string Name(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder();
        for (int count = 0; utf8.Length > 0; count++)
        {
            if (count == LongestName)
            {
                return text.Append('…').ToString();
            }

            Rune.DecodeFromUtf8(utf8, out Rune rune, out int used);
            text.Append(SafeText.IsPrintable(rune) ? rune.ToString() : $"\\u{{{rune.Value:X}}}");
            utf8 = utf8[used..];
        }

        return text.ToString();
    }

    /// <summary>A payload: text when all of it prints, otherwise hexadecimal.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <param name="length">Its bytes in all, which may be more.</param>
    public static string Payload(ReadOnlySpan<byte> start, int length)
    {
        if (length == 0)
        {
            return "(empty)";
        }

        string end = length > start.Length ? "…" : "";
        return (Text(start, length > start.Length) ?? "0x" + Convert.ToHexString(start)) + end;
    }

    private static string? Text(ReadOnlySpan<byte> bytes, bool isCut)
    {
        var text = new StringBuilder();
        while (bytes.Length > 0)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out Rune rune, out int used);
            if (status == OperationStatus.NeedMoreData && isCut)
            {
                break;
            }

            bool isSpace = rune.Value is '\t' or '\n' or '\r';
            if (status != OperationStatus.Done || !(isSpace || SafeText.IsPrintable(rune)))
            {
                return null;
            }

            text.Append(isSpace ? " " : rune.ToString());
            bytes = bytes[used..];
        }

        return text.ToString();
    }
}
