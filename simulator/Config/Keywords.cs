using System;

namespace EdgeBroker.Simulator.Config;

/// <summary>
/// The keywords of the configuration file, one row each. Parsing, range checks, the help and the
/// check of the documentation are all made from these rows.
/// </summary>
public static class Keywords
{
    /// <summary>Keywords of mosquitto.conf.</summary>
    public static Keyword[] Mosquittos => MosquittoKeywords.All;

    /// <summary>Keywords that mosquitto does not have.</summary>
    public static Keyword[] Own => OwnKeywords.All;

    /// <summary>All of them.</summary>
    public static Keyword[] All { get; } = [.. MosquittoKeywords.All, .. OwnKeywords.All];

    /// <summary>The keyword that names a folder of further files.</summary>
    public static Keyword IncludeDir { get; } = Find("include_dir")!; // It is a row.

    /// <summary>Finds a keyword.</summary>
    /// <returns>Null when there is none of this name.</returns>
    public static Keyword? Find(string name)
    {
        return Array.Find(All, keyword => keyword.Name == name);
    }
}
