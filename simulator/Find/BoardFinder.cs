using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace EdgeBroker.Simulator.Find;

/// <summary>Asks by UDP which boards in the network run EdgeBroker.</summary>
public sealed class BoardFinder
{
    private const string Question = "EdgeBroker?";
    private const string AnswerStart = "EdgeBroker version ";
    private const int LongestAnswer = 512;
    private const int AskEveryMs = 500;

    private readonly List<IPEndPoint> _targets = [];

    /// <param name="address">One board, or null for every network of this computer.</param>
    /// <param name="port">UDP port of the boards.</param>
    public BoardFinder(IPAddress? address, int port)
    {
        IEnumerable<IPAddress> addresses = address == null ? Broadcasts() : new[] { address };
        foreach (IPAddress target in addresses)
        {
            _targets.Add(new IPEndPoint(target, port));
        }
    }

    /// <summary>Asks, and asks again, for UDP may lose a datagram.</summary>
    /// <param name="waitMs">How long to listen for answers, in milliseconds.</param>
    /// <returns>One line of text for each board, in the order in which they answered.</returns>
    /// <exception cref="SocketException">Nobody could be asked.</exception>
    public IEnumerable<string> Ask(int waitMs)
    {
        using var socket = new Socket(
            AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.EnableBroadcast = true;
        socket.Bind(new IPEndPoint(IPAddress.Any, 0));
        byte[] question = Encoding.ASCII.GetBytes(Question);
        byte[] buffer = new byte[LongestAnswer];
        var seen = new HashSet<string>();
        long end = Environment.TickCount64 + waitMs;
        long askMs = 0;
        for (long now; (now = Environment.TickCount64) < end;)
        {
            if (now >= askMs)
            {
                askMs = now + AskEveryMs;
                AskAll(socket, question);
            }

            long untilMs = Math.Min(end, askMs) - now;
            if (!socket.Poll((int)untilMs * 1000, SelectMode.SelectRead))
            {
                continue;
            }

            string? answer = Receive(socket, buffer);
            if (answer != null && seen.Add(answer))
            {
                yield return answer;
            }
        }
    }

    private void AskAll(Socket socket, byte[] question)
    {
        SocketException? failure = null;
        int asked = 0;
        foreach (IPEndPoint target in _targets)
        {
            try
            {
                socket.SendTo(question, target);
                asked++;
            }
            catch (SocketException e)
            {
                failure = e; // One network may be down while another one works.
            }
        }

        if (asked == 0 && failure != null)
        {
            throw failure;
        }
    }

    /// <returns>The answer of a board, or null for anything else.</returns>
    private static string? Receive(Socket socket, byte[] buffer)
    {
        try
        {
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int got = socket.ReceiveFrom(buffer, ref from);
            string text = Encoding.UTF8.GetString(buffer, 0, got).TrimEnd('\n');
            bool isAnswer = text.StartsWith(AnswerStart, StringComparison.Ordinal)
                && text.All(letter => letter is >= ' ' and <= '~');
            return isAnswer ? text : null;
        }
        catch (SocketException)
        {
            return null; // "Nobody listens there", or a datagram that is too long.
        }
    }

    private static IEnumerable<IPAddress> Broadcasts()
    {
        yield return IPAddress.Broadcast;
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            foreach (UnicastIPAddressInformation own in network.GetIPProperties().UnicastAddresses)
            {
                if (own.Address.AddressFamily == AddressFamily.InterNetwork
                    && !IPAddress.IsLoopback(own.Address) && own.PrefixLength < 31)
                {
                    uint host = uint.MaxValue >> own.PrefixLength;
                    byte[] bytes = own.Address.GetAddressBytes();
                    for (int i = 0; i < bytes.Length; i++)
                    {
                        bytes[i] |= (byte)(host >> (24 - 8 * i));
                    }

                    yield return new IPAddress(bytes);
                }
            }
        }
    }
}
