using System.Linq;
using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>A client in a driver process: a JSON line for each command and each event.</summary>
internal sealed class DriverListener : Listener
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private readonly Mailbox<JsonElement> _answers;
    private readonly Deadline _deadline;

    public DriverListener(
        Bench bench, string[] driver, int version, string clientId, Message will)
        : base(bench.Deadline)
    {
        _deadline = bench.Deadline;
        _answers = new Mailbox<JsonElement>(bench.Deadline);
        string[] arguments = [driver[1], "client", bench.Broker.Host,
            bench.Broker.Port.ToString(), version.ToString()];
        Process = bench.Start(driver[0], arguments, OnLine);
        Connect(clientId, will);
    }

    /// <summary>Connects, for the first time or after Leave.</summary>
    public void Connect(string clientId, Message will)
    {
        JsonElement answer = Ask(new { Do = "connect", clientId, will }, "connack");
        Assert.AreEqual(0, Reasons(answer)[0], "code of the CONNACK");
        if (answer.TryGetProperty("clientId", out JsonElement assigned))
        {
            AssignedClientId = assigned.GetString();
        }
    }

    /// <summary>Sends one SUBSCRIBE and returns the code of the SUBACK.</summary>
    public int Subscribe(SubscribeCommand command)
    {
        return Reasons(Ask(command, "suback")).Single();
    }

    public void Subscribe(ListenOptions options)
    {
        Granted = options.Filters.Select(filter => Subscribe(new SubscribeCommand
        {
            Filter = filter,
            Qos = options.Qos,
            RetainAsPublished = options.RetainAsPublished,
        })).ToArray();
        if (options.Unsubscribe != null)
        {
            Ask(new { Do = "unsubscribe", filter = options.Unsubscribe }, "unsuback");
        }
    }

    /// <summary>Publishes and waits until the library calls it done.</summary>
    public void Publish(Message message)
    {
        Ask(new { Do = "publish", message }, "published");
    }

    /// <summary>Sends a DISCONNECT; the process stays.</summary>
    public void Leave()
    {
        Ask(new { Do = "disconnect" }, "disconnected");
    }

    /// <summary>Sends a DISCONNECT and ends the process.</summary>
    public void Disconnect()
    {
        Leave();
        Process.CloseInput();
        Assert.AreEqual(0, Process.WaitForExit(_deadline.Left), "exit code of the driver");
    }

    private static int[] Reasons(JsonElement answer)
    {
        return answer.GetProperty("reasons").Deserialize<int[]>();
    }

    private JsonElement Ask(object command, string answerName)
    {
        Process.WriteLine(JsonSerializer.Serialize(command, _json));
        JsonElement answer = _answers.Take(answerName);
        Assert.AreEqual(answerName, answer.GetProperty("event").GetString());
        return answer;
    }

    private void OnLine(string line)
    {
        if (line == null)
        {
            _answers.Close();
            End();
            return;
        }

        JsonElement json = JsonDocument.Parse(line).RootElement;
        switch (json.GetProperty("event").GetString())
        {
            case "message":
                PutMessage(json.GetProperty("message").Deserialize<Message>(_json));
                break;
            case "closed":
                JsonElement reason = json.GetProperty("reason");
                PutClosing(reason.ValueKind == JsonValueKind.Null ? null : reason.GetInt32());
                break;
            default:
                _answers.Put(json);
                break;
        }
    }
}
