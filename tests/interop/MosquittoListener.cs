using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace EdgeBroker.Tests.Interop;

/// <summary>A mosquitto_sub process, read through its debug output and message format.</summary>
internal sealed class MosquittoListener : Listener
{
    private const char Separator = '\t';
    private const string Format = "message\\t%t\\t%q\\t%r\\t%F\\t%E\\t%C\\t%R\\t%D\\t%P\\t%x";

    private readonly Mailbox<string> _answers;
    private int _connects;

    public MosquittoListener(Bench bench, int version, ListenOptions options, int count = 0)
        : base(bench.Deadline)
    {
        _answers = new Mailbox<string>(bench.Deadline);
        List<string> arguments = ["-oL", "mosquitto_sub", "-d", "-F", Format];
        arguments.AddRange(MosquittoLibrary.ConnectArguments(bench, version));
        arguments.AddRange(["-q", options.Qos.ToString()]);
        arguments.AddRange(options.Filters.SelectMany(filter => new[] { "-t", filter }));
        Add(arguments, "-i", options.ClientId);
        Add(arguments, "-U", options.Unsubscribe);
        if (count > 0)
        {
            Add(arguments, "-C", count.ToString());
        }

        if (options.RetainAsPublished)
        {
            arguments.Add("--retain-as-published");
        }

        if (options.Will != null)
        {
            arguments.AddRange(MosquittoLibrary.WillArguments(options.Will));
        }

        // Without stdbuf a pipe gets the debug lines only when a message follows them.
        Process = bench.Start("stdbuf", arguments, OnLine);
        string granted = _answers.Take("'Subscribed' from mosquitto_sub");
        Granted = granted.Split(", ").Select(int.Parse).ToArray();
        if (options.Unsubscribe != null)
        {
            _answers.Take("UNSUBACK in mosquitto_sub");
        }
    }

    /// <summary>Waits until mosquitto_sub has seen `count` messages and has ended.</summary>
    public int WaitForExit(Deadline deadline)
    {
        return Process.WaitForExit(deadline.Left);
    }

    // mosquitto_sub connects again one second after a loss and would take the Client Identifier
    // back from the client that has taken it over.
    public override void Freeze()
    {
        Process.Signal("STOP");
    }

    public override void Thaw()
    {
        Process.Signal("CONT");
    }

    private static void Add(List<string> arguments, string option, string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            arguments.AddRange([option, value]);
        }
    }

    private void OnLine(string line)
    {
        if (line == null)
        {
            _answers.Close();
            End();
        }
        else if (line.StartsWith("message\t"))
        {
            PutMessage(Parse(line.Split(Separator)));
        }
        else if (line.StartsWith("Subscribed (mid: "))
        {
            _answers.Put(line.Substring(line.IndexOf("): ") + 3));
        }
        else if (line.StartsWith("Received DISCONNECT ("))
        {
            PutClosing(int.Parse(line.Substring(line.IndexOf('(') + 1).TrimEnd(')')));
        }
        else if (line.StartsWith("Client "))
        {
            OnDebugLine(line);
        }
    }

    private void OnDebugLine(string line)
    {
        if (line.EndsWith(" received UNSUBACK"))
        {
            _answers.Put(line);
        }
        else if (line.Contains(" received CONNACK ") && !line.StartsWith("Client (null)"))
        {
            AssignedClientId = line.Split(' ')[1];
        }
        else if (line.EndsWith(" sending CONNECT") && ++_connects == 2)
        {
            // A 3.1.1 client says nothing of a loss; it just connects once more.
            PutClosing(null);
        }
    }

    private static Message Parse(string[] fields)
    {
        return new Message
        {
            Topic = fields[1],
            Qos = int.Parse(fields[2]),
            Retain = fields[3] == "1",
            PayloadFormat = ParseNumber(fields[4]),
            MessageExpiry = ParseNumber(fields[5]),
            ContentType = NullIfEmpty(fields[6]),
            ResponseTopic = NullIfEmpty(fields[7]),
            CorrelationData = fields[8] == "" ? null : Encoding.UTF8.GetBytes(fields[8]),
            UserProperties = ParseUserProperties(fields[9]),
            Payload = Convert.FromHexString(fields[10]),
        };
    }

    private static int? ParseNumber(string field)
    {
        return field == "" ? null : int.Parse(field);
    }

    private static string NullIfEmpty(string field)
    {
        return field == "" ? null : field;
    }

    private static string[][] ParseUserProperties(string field)
    {
        return field == "" ? null : field.Split(' ').Select(pair => pair.Split(':')).ToArray();
    }
}
