using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>What one client has subscribed to, and what it should get next.</summary>
/// <param name="slot">Its slot in the broker.</param>
/// <param name="version">4 or 5.</param>
internal sealed class ModelClient(int slot, int version)
{
    /// <summary>Its slot in the broker.</summary>
    public int Slot { get; } = slot;

    /// <summary>Its filters with their options.</summary>
    public Dictionary<string, int> Filters { get; } = [];

    /// <summary>Packets to come; those of one group may come in any order.</summary>
    public List<List<string>> Expected { get; } = [];

    /// <summary>Empty in 3.1.1, an empty block of properties in 5.0.</summary>
    public string NoProperties { get; } = version == 5 ? "[ ] " : "";

    /// <summary>Expects one packet.</summary>
    public void Expect(string packet) => Expected.Add([packet]);

    /// <summary>Takes what has come off the list, or says what is wrong with it.</summary>
    public string Compare(ReadOnlySpan<byte> got)
    {
        foreach (List<string> group in Expected)
        {
            List<byte[]> left = [.. group.Select(Wire.Parse)];
            while (left.Count > 0)
            {
                int match = -1;
                for (int i = 0; i < left.Count; i++)
                {
                    match = got.StartsWith(left[i]) ? i : match;
                }

                if (match < 0)
                {
                    return $"client {Slot} should get {string.Join(" or ", group)} but there is "
                        + Convert.ToHexString(got);
                }

                got = got[left[match].Length..];
                left.RemoveAt(match);
            }
        }

        Expected.Clear();
        return got.IsEmpty ? null : $"client {Slot} gets too much: {Convert.ToHexString(got)}";
    }
}
