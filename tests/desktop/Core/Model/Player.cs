using System;
using System.Collections.Generic;
using EdgeBroker.Broker;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Desktop.Core.Model;

/// <summary>Plays a recording of verbs into a new broker and compares what comes out.</summary>
/// <param name="limits">Those of the recorded broker.</param>
/// <param name="settings">Those of the recorded broker.</param>
/// <param name="questions">Says where to ask everything in between; null for nowhere.</param>
internal sealed class Player(BrokerLimits limits, BrokerSettings settings, Random questions)
{
    private readonly byte[] _buffer = new byte[70_000];
    private readonly long[] _counters = new long[Counter.Count];

    private readonly MqttBroker _broker =
        new(limits, settings, new OpenAuthenticator(true), null, DeliveryRun.StartMs);

    /// <summary>Plays; fails at the first byte that is not the recorded one.</summary>
    /// <returns>The counters at the end.</returns>
    public long[] Play(List<Verb> verbs)
    {
        for (int i = 0; i < verbs.Count; i++)
        {
            if (questions?.Next(3) == 0)
            {
                AskEverything();
            }

            Play(verbs[i], $"verb {i}");
        }

        _broker.ReadCounters(_counters);
        return _counters;
    }

    private void Play(Verb verb, string where)
    {
        switch (verb.Kind)
        {
            case VerbKind.Open:
                Assert.AreEqual(verb.Number, _broker.Open(verb.Slot, verb.NowMs), where);
                break;
            case VerbKind.Receive:
                verb.Bytes.CopyTo(_buffer, 7);
                _broker.Receive(verb.Slot, _buffer, 7, verb.Bytes.Length, verb.NowMs);
                break;
            case VerbKind.Transmit:
                int count = _broker.Transmit(verb.Slot, _buffer, 7, verb.Number, verb.NowMs);
                Assert.IsTrue(_buffer.AsSpan(7, count).SequenceEqual(verb.Bytes), where);
                break;
            case VerbKind.Block:
                _broker.Block(verb.Slot, verb.NowMs);
                break;
            case VerbKind.Tick:
                _broker.Tick(verb.NowMs);
                break;
            case VerbKind.Close:
                _broker.Close(verb.Slot, verb.NowMs);
                break;
            default:
                _broker.Shutdown(verb.NowMs);
                break;
        }
    }

    private void AskEverything()
    {
        _broker.CanOpen();
        _broker.Ready();
        _broker.NextDeadlineMs();
        _broker.ReadCounters(_counters);
        for (int slot = limits.Slots() - 1; slot >= 0; slot--)
        {
            _broker.ReceiveWindow(slot);
            _broker.HasOutput(slot);
            _broker.WantsClose(slot);
            _broker.StateOf(slot);
            _broker.VersionOf(slot);
            _broker.ReadClientId(slot, _buffer);
        }

        for (int topic = 0; topic < SysTopics.Count; topic++)
        {
            _broker.SysValue(topic);
        }

        for (int place = 0; place < _broker.RetainedPlaces(); place++)
        {
            _broker.ReadRetainedName(place, _buffer);
        }
    }
}
