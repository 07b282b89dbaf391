using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using EdgeBroker.Codec;
using Spectre.Console.Rendering;

namespace EdgeBroker.Simulator.View;

/// <summary>The clients as a table.</summary>
public static class ClientList
{
    private static readonly (string Title, Comparison<ClientRow> Compare)[] _orders =
    [
        // Who loses messages comes first, however quiet it is.
        ("in/s", (a, b) => (b.IsFull, b.Rate).CompareTo((a.IsFull, a.Rate))),
        ("out/s", (a, b) => b.OutRate.CompareTo(a.OutRate)),
        ("waiting", (a, b) => b.Waiting.CompareTo(a.Waiting)),
        ("lost", (a, b) => b.Lost.CompareTo(a.Lost)),
        ("since", (a, b) => b.Since.CompareTo(a.Since)),
        ("client", (a, b) => 0),
    ];

    private static readonly string[] _names =
        ["rate", "messages out", "waiting", "lost", "newest", "name"];

    private static readonly Column<ClientRow>[] _columns =
    [
        new("client", 0, 0, false, row => row.Id,
            row => row.IsFull ? Styles.Error : Styles.Plain),
        new("in/s", 7, 0, true, row => Units.Rate(row.InRate), row => Styles.Data),
        new("out/s", 7, 0, true, row => Units.Rate(row.OutRate), row => Styles.Data),
        new("bytes/s", 9, 86, true, row => Units.Size(row.ByteRate)),
        new("waiting", 7, 38, true, row => Units.Short(row.Waiting),
            row => row.IsFull ? Styles.Error : Styles.Plain),
        new("lost", 8, 50, true, row => (row.IsLostShared ? "~" : "") + Units.Short(row.Lost),
            row => row.Lost > 0 ? Styles.Error : Styles.Quiet),
        new("MQTT", 5, 62, true, row => VersionName(row.Version), row => Styles.Quiet),
        new("since", 8, 72, true, row => row.Since.ToLocalTime().ToString(
            "HH:mm:ss", CultureInfo.InvariantCulture), row => Styles.Quiet),
        new("address", 21, 98, false, row => row.Address, row => Styles.Quiet),
    ];

    /// <summary>How many orders there are.</summary>
    public static int Orders => _orders.Length;

    /// <summary>What an order goes by.</summary>
    public static string OrderName(int order)
    {
        return _names[order];
    }

    /// <summary>Draws a heading, the titles and the clients from the scroll position on.</summary>
    public static List<SegmentLine> Draw(Frame frame, int width, int height, bool canScroll)
    {
        ViewState state = frame.State;
        List<ClientRow> rows = [.. frame.Sample.Clients.Where(
            row => state.Shows(row.Id) || state.Shows(row.Address))];
        (string title, Comparison<ClientRow> compare) = _orders[state.ClientOrder];
        rows.Sort((a, b) => compare(a, b) is var order && order != 0
            ? order
            : string.CompareOrdinal(a.Id, b.Id));
        int from = Scrolled.From(frame, rows.Count, height - 2, canScroll);
        string remark = Scrolled.Remark(rows.Count, frame.Sample.Clients.Count, from, height - 2)
            + " by " + _names[state.ClientOrder];
        return Cells.Fit(
            ColumnTable.Draw(_columns, rows.Skip(from).Take(height), width, title)
                .Prepend(Cells.Heading("clients", remark, width)), width, height);
    }

    private static string VersionName(byte version)
    {
        return version switch
        {
            ProtocolVersion.V311 => "3.1.1",
            ProtocolVersion.V5 => "5.0",
            3 => "3.1",
            _ => "",
        };
    }
}
