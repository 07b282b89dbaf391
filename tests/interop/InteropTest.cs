using System;
using System.Collections.Generic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>The broker that the tests share, and for each test a bench of its own.</summary>
[TestClass]
public abstract class InteropTest
{
    /// <summary>The time for one test in milliseconds.</summary>
    protected const int LimitMs = 30_000;

    private const string FenceText = "fence";

    private static readonly HashSet<string> _saidNeeds = [];

    private static readonly Lazy<BrokerUnderTest> _sharedBroker =
        new(BrokerUnderTest.StartOrUseForeign);

    private Bench _bench;

    /// <summary>Set by MSTest.</summary>
    public TestContext TestContext { get; set; }

    private protected Bench Bench => _bench ??= new Bench(SharedBroker, NewDeadline(LimitMs));

    private protected static BrokerUnderTest SharedBroker => _sharedBroker.Value;

    /// <summary>Ends the broker that the tests shared.</summary>
    [AssemblyCleanup]
    public static void StopSharedBroker()
    {
        if (_sharedBroker.IsValueCreated)
        {
            _sharedBroker.Value.Dispose();
        }
    }

    /// <summary>Ends the test's processes and shows what they said when it failed.</summary>
    [TestCleanup]
    public void CloseBench()
    {
        if (TestContext.CurrentTestOutcome == UnitTestOutcome.Inconclusive)
        {
            SayNeed(TestContext.TestException.Message);
        }
        else if (TestContext.CurrentTestOutcome != UnitTestOutcome.Passed && _bench != null)
        {
            TestContext.WriteLine(_bench.Transcripts);
        }

        _bench?.Dispose();
    }

    // The waits end a little before MSTest gives the test up, so that the failure says what
    // was waited for.
    private protected static Deadline NewDeadline(int limitMs)
    {
        return new Deadline(TimeSpan.FromMilliseconds(limitMs - 2_000));
    }

    private protected void UseBench(Bench bench)
    {
        _bench = bench;
    }

    private protected ClientLibrary Library(string name, int version)
    {
        return ClientLibrary.Create(name, version, Bench);
    }

    /// <summary>
    /// Publishes a message that a listener to <see cref="FenceTopic"/> gets after all that was
    /// routed before it, so that the absence of a message can be told without waiting.
    /// </summary>
    private protected void PublishFence(ClientLibrary client)
    {
        client.Publish(new Message { Topic = FenceTopic, Text = FenceText, Qos = 1 });
    }

    private protected string FenceTopic => Bench.Root + "/" + FenceText;

    /// <summary>Takes messages up to the fence and returns those before it.</summary>
    private protected List<Message> TakeUntilFence(Listener listener)
    {
        var messages = new List<Message>();
        while (true)
        {
            Message message = listener.Next();
            if (message.Topic == FenceTopic)
            {
                return messages;
            }

            messages.Add(message);
        }
    }

    // `dotnet test` prints the names of inconclusive tests but not their reasons.
    private void SayNeed(string failure)
    {
        string need = failure.Substring(failure.IndexOf("needs ", StringComparison.Ordinal));
        lock (_saidNeeds)
        {
            if (_saidNeeds.Add(need))
            {
                TestContext.DisplayMessage(MessageLevel.Warning, need);
            }
        }
    }
}
