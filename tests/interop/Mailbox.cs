using System.Collections.Concurrent;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace EdgeBroker.Tests.Interop;

/// <summary>What a process has said and the test has not read yet.</summary>
internal sealed class Mailbox<T>
{
    private readonly BlockingCollection<T> _items = new();
    private readonly Deadline _deadline;

    public Mailbox(Deadline deadline)
    {
        _deadline = deadline;
    }

    public void Put(T item)
    {
        _items.Add(item);
    }

    /// <summary>Nothing will be put any more: those who wait need not use up their time.</summary>
    public void Close()
    {
        _items.CompleteAdding();
    }

    /// <summary>The next item; the test fails when none comes in time.</summary>
    /// <param name="awaited">What is waited for, for the failure's text.</param>
    public T Take(string awaited)
    {
        if (!_items.TryTake(out T item, _deadline.Left))
        {
            string why = _items.IsAddingCompleted ? "the process ended" : "time is up";
            Assert.Fail($"waited for {awaited}, but {why}");
        }

        return item;
    }
}
