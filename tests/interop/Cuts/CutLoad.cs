using System;
using System.Globalization;

namespace EdgeBroker.Tests.Interop.Cuts;

/// <summary>What is published, and how a message says which one it is.</summary>
/// <param name="Root">The first Topic Level.</param>
/// <param name="Qos">Of the messages and the subscriptions.</param>
/// <param name="Messages">How many each publisher sends.</param>
/// <param name="Size">Bytes of each payload.</param>
internal sealed record CutLoad(string Root, int Qos, int Messages, int Size)
{
    private const char Padding = '.';

    /// <summary>
    /// What a publisher sends as a payload: `publisher:number:` and dots; the scripts in py and js
    /// do the same. A message without a payload has its number in its topic.
    /// </summary>
    public string Payload(string publisher, int number) =>
        Size == 0 ? "" : $"{publisher}:{number}:".PadRight(Size, Padding);

    /// <summary>Counts a line `topic TAB bytes TAB payload` of a subscriber.</summary>
    public void Count(string line, CutTally tally)
    {
        string[] fields = line.Split('\t');
        string[] levels = fields[0].Split('/');
        string[] words = Size == 0 ? levels[1..] : fields[2].Split(':');
        int? number = words.Length > 1 ? ParseNumber(words[1]) : null;
        if (fields[1] != Size.ToString(CultureInfo.InvariantCulture)
            || (number != null && fields[2] != Payload(words[0], number.Value))
            || (number == null && Size > 0))
        {
            tally.TakeWrong(line);
            return;
        }

        tally.Take(words[0], number);
    }

    private static int? ParseNumber(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : null;
}
