using System.Collections.Generic;
using System.Linq;
using System.Net;
using EdgeBroker.Boards;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Serve;

/// <summary>What the command line asks of `serve`, and how it fits the file.</summary>
/// <param name="File">The configuration file, or null.</param>
/// <param name="Port">The port instead of the file's, or null.</param>
/// <param name="Bind">The address instead of the file's, or null.</param>
/// <param name="Board">The board whose limits hold, or null.</param>
/// <param name="AllowsAnonymous">Whether everybody may connect, from everywhere.</param>
public sealed record ServeRequest(
    string? File, int? Port, IPAddress? Bind, BoardProfile? Board, bool AllowsAnonymous)
{
    /// <summary>Reads the file and checks it together with the command line.</summary>
    /// <param name="errors">Takes one line for each error.</param>
    /// <param name="listeners">Where to listen.</param>
    /// <returns>The settings; to be used only when there is no error.</returns>
    public ServeConfig Load(List<string> errors, out List<ListenAddress> listeners)
    {
        ServeConfig config = File == null
            ? new ServeConfig()
            : ConfigReader.ReadFile(File, errors);
        SetBoard(config, errors);
        listeners = config.AllListeners();
        Override(listeners, errors);
        if (AllowsAnonymous && config.StatedAnonymous == false)
        {
            errors.Add($"{config.Lines["allow_anonymous"]}: allow_anonymous false contradicts "
                + "--allow-anonymous; remove one of them");
        }
        else if (AllowsAnonymous)
        {
            config.StatedAnonymous = true;
        }

        // With errors in the file nobody knows yet what it will say.
        if (errors.Count == 0)
        {
            errors.AddRange(TooOpen(config, listeners));
        }

        return config;
    }

    /// <summary>Says which listeners others can reach though no line says that they may.</summary>
    /// <param name="config">The settings.</param>
    /// <param name="listeners">Where the broker is to listen, or listens.</param>
    public static IEnumerable<string> TooOpen(
        ServeConfig config, IEnumerable<ListenAddress> listeners)
    {
        return config.StatedAnonymous != null
            ? []
            : listeners.Where(listener => !IPAddress.IsLoopback(listener.EndPoint.Address))
                .Select(TooOpen);
    }

    private static string TooOpen(ListenAddress listener)
    {
        string place = listener.Line == null ? "" : $"{listener.Line}: ";
        return $"{place}others can reach {listener.EndPoint}, and the broker has no passwords yet. "
            + "If everybody there may connect, say so: \"allow_anonymous true\" in the "
            + "configuration file, or --allow-anonymous";
    }

    private void SetBoard(ServeConfig config, List<string> errors)
    {
        if (Board == null)
        {
            return;
        }

        config.Board = Board;
        foreach (Keyword keyword in Keywords.All.Where(k => k.IsLimit))
        {
            if (config.Lines.TryGetValue(keyword.Name, out ConfigLine? line))
            {
                errors.Add($"{line}: {keyword.Name} contradicts --board {Board.Name}, which brings "
                    + "all limits; remove one of them");
            }
        }
    }

    private void Override(List<ListenAddress> listeners, List<string> errors)
    {
        if (Port == null && Bind == null)
        {
            return;
        }

        if (listeners.Count > 1)
        {
            string lines = string.Join(", ", listeners.Select(l => l.Line));
            errors.Add($"{(Port != null ? "--port" : "--bind")} replaces a single listener, but "
                + $"the file names {listeners.Count} ({lines}); leave the option out");
            return;
        }

        IPEndPoint stated = listeners[0].EndPoint;
        listeners[0] = new ListenAddress(
            new IPEndPoint(Bind ?? stated.Address, Port ?? stated.Port),
            listeners[0].Keyword, Bind == null ? listeners[0].Line : null);
    }
}
