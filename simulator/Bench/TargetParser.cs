using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using EdgeBroker.Simulator.Config;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Reads NAME=HOST:PORT[:PID], and finds the process of a broker on this computer.
/// </summary>
internal static class TargetParser
{
    private const int LocalColumn = 1;
    private const int StateColumn = 3;
    private const int SocketColumn = 9;
    private const string Listening = "0A";

    /// <summary>Reads a broker.</summary>
    /// <exception cref="BenchException">It cannot be understood, or there is no such host.
    /// </exception>
    public static Target Parse(string text)
    {
        int sign = text.IndexOf('=');
        string name = sign > 0 ? text[..sign] : "";
        // An IPv6 address stands in brackets, and has colons of its own.
        string place = text[(sign + 1)..];
        int bracket = place.StartsWith('[') ? place.IndexOf("]:", StringComparison.Ordinal) : -1;
        string[] parts = bracket < 0 ? place.Split(':')
            : [place[1..bracket], .. place[(bracket + 2)..].Split(':')];
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0 || name.Any(char.IsControl)
            || !ushort.TryParse(parts[1], NumberStyles.None, null, out ushort port) || port == 0
            || (parts.Length == 3 && !int.TryParse(parts[2], NumberStyles.None, null, out _)))
        {
            throw new BenchException(
                $"{SafeText.Quote(text)} is not NAME=HOST:PORT or NAME=HOST:PORT:PID");
        }

        IPAddress address = Find(parts[0]);
        if (parts.Length == 3 && !Exists(int.Parse(parts[2])))
        {
            throw new BenchException(
                $"{SafeText.Quote(text)}: there is no process {parts[2]} on this computer");
        }

        int? process = parts.Length == 3 ? int.Parse(parts[2])
            : IPAddress.IsLoopback(address) ? ProcessOf(port)
            : null;
        return new Target(
            name.Length > 0 ? name : $"{parts[0]}:{port}", new IPEndPoint(address, port), process);
    }

    private static IPAddress Find(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out IPAddress? address) ? address
                : Dns.GetHostAddresses(host)
                    .OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException
            or ArgumentException)
        {
            throw new BenchException($"there is no host {SafeText.Quote(host)}");
        }
    }

    private static bool Exists(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Who listens on a port, on Linux; null when it is not known.</summary>
    private static int? ProcessOf(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        string end = $":{port:X4}";
        string[] sockets =
        [
            .. new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists)
                .SelectMany(File.ReadLines)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns.Length > SocketColumn
                    && columns[LocalColumn].EndsWith(end, StringComparison.Ordinal)
                    && columns[StateColumn] == Listening)
                .Select(columns => $"socket:[{columns[SocketColumn]}]"),
        ];
        return Directory.GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out int id) ? id : 0)
            .Where(id => id > 0 && Holds(id, sockets)).Select(id => (int?)id).FirstOrDefault();
    }

    private static bool Holds(int process, string[] sockets)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles()
                .Any(file => sockets.Contains(file.LinkTarget));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // It has ended, or belongs to another user.
        }
    }
}
