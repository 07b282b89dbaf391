using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>Checks that nothing is lost, doubled or reordered per publisher.</summary>
internal sealed class OrderCheck
{
    private readonly int[] _next;
    private readonly int _messages;

    public OrderCheck(int publishers, int messages)
    {
        _next = new int[publishers];
        _messages = messages;
    }

    /// <param name="payload">"publisher:sequence", the next one that arrived.</param>
    public void Accept(string payload)
    {
        int colon = payload.IndexOf(':');
        int publisher = int.Parse(payload.AsSpan(0, colon));
        int sequence = int.Parse(payload.AsSpan(colon + 1));
        if (sequence != _next[publisher])
        {
            Assert.Fail($"publisher {publisher}: {_next[publisher]} was due, {sequence} came");
        }

        _next[publisher]++;
    }

    public void Complete()
    {
        for (int publisher = 0; publisher < _next.Length; publisher++)
        {
            Assert.AreEqual(_messages, _next[publisher], $"messages of publisher {publisher}");
        }
    }
}
