using System;
using System.Linq;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>Topic Names and Topic Filters, as section 4.7 says it.</summary>
public static class TopicRules
{
    /// <summary>Section 4.7: how a Topic Filter matches a Topic Name.</summary>
    public static bool Matches(string filter, string name)
    {
        if (name.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#')))
        {
            return false; // [MQTT-4.7.2-1]
        }

        string[] f = filter.Split('/');
        string[] n = name.Split('/');
        for (int i = 0; i < f.Length; i++)
        {
            if (f[i] == "#")
            {
                return true;
            }

            if (i == n.Length || (f[i] != "+" && f[i] != n[i]))
            {
                return false;
            }
        }

        return f.Length == n.Length;
    }

    /// <summary>Whether text may be a Topic Name in a PUBLISH.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && text.IndexOfAny(['+', '#', '\0']) < 0;

    /// <summary>Whether text may be a Topic Filter.</summary>
    public static bool IsFilter(string text)
    {
        string[] levels = text.Split('/');
        return text.Length > 0 && !text.Contains('\0')
            && levels.All(l => l is "+" or "#" || l.IndexOfAny(['+', '#']) < 0)
            && Array.IndexOf(levels, "#") is var hash && (hash < 0 || hash == levels.Length - 1);
    }

    /// <summary>Whether a filter is that of a Shared Subscription.</summary>
    public static bool IsShared(string filter) => filter.StartsWith("$share/");

    /// <summary>Whether a name belongs to the broker.</summary>
    public static bool IsSys(string name) => name == "$SYS" || name.StartsWith("$SYS/");
}
