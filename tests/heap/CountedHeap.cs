using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using EdgeBroker.Simulator.Cost;

namespace EdgeBroker.Tests.Heap;

/// <summary>
/// A heap of the device's size, counted as its runtime counts, for code that HeapWeaver has gone
/// over: 12 bytes for an object and 12 for each field, arrays and strings in blocks of 12, stack
/// frames. What nobody refers to any more is found by the garbage collector of the PC. Public, for
/// the woven code calls it.
/// </summary>
public static class CountedHeap
{
    private static readonly Lock _gate = new();
    private static readonly List<(WeakReference Object, int Bytes)> _objects = [];
    private static readonly ConditionalWeakTable<object, object> _known = [];
    private static int _live;
    private static int _frames;
    private static int _freeAfterBoot;

    /// <summary>Bytes that the program may have.</summary>
    public static int Budget { get; private set; } = int.MaxValue;

    /// <summary>Allocations since Begin, frames not among them.</summary>
    public static int Allocations { get; private set; }

    /// <summary>The allocation that fails, counted from 1; 0 for none.</summary>
    public static int FailAt { get; private set; }

    /// <summary>How often there was no memory.</summary>
    public static int Failures { get; private set; }

    /// <summary>What was there when there was no memory.</summary>
    public static string LastFailure { get; private set; }

    /// <summary>Most bytes of stack frames at once.</summary>
    public static int MostFrames { get; private set; }

    /// <summary>Those that were there when the ledger looked: they are in the budget.</summary>
    public static int FramesAtLedger { get; private set; }

    /// <summary>
    /// Begins anew with an empty heap. What the program has taken when the ledger looks is among
    /// what its board's profile counts as taken, so the budget is set then.
    /// </summary>
    /// <param name="freeAfterBoot">Bytes that are free at that time.</param>
    /// <param name="failAt">See FailAt.</param>
    public static void Begin(int freeAfterBoot, int failAt = 0)
    {
        lock (_gate)
        {
            _freeAfterBoot = freeAfterBoot;
            FailAt = failAt;
            Allocations = 0;
            Failures = 0;
            LastFailure = null;
            MostFrames = 0;
            Forget();
        }
    }

    /// <summary>Bytes of what is still referred to.</summary>
    public static int LiveBytes()
    {
        lock (_gate)
        {
            Collect();
            return _live;
        }
    }

    /// <summary>Called by woven code when the device boots: all that was is gone.</summary>
    public static void Forget()
    {
        lock (_gate)
        {
            _objects.Clear();
            _live = 0;
            Budget = int.MaxValue;
        }
    }

    /// <summary>Called in place of the native collection.</summary>
    public static uint Run(bool compactHeap)
    {
        lock (_gate)
        {
            Collect();
            return (uint)Math.Max(0, Budget - _live - _frames);
        }
    }

    /// <summary>The same, called by the ledger.</summary>
    public static uint RunForLedger(bool compactHeap)
    {
        lock (_gate)
        {
            Collect();
            Budget = _freeAfterBoot + _live + _frames;
            FramesAtLedger = _frames;
            return (uint)_freeAfterBoot;
        }
    }

    /// <summary>Called before something is made.</summary>
    public static void Before()
    {
        lock (_gate)
        {
            if (++Allocations == FailAt)
            {
                Fail();
            }
        }
    }

    /// <summary>Called with what was made.</summary>
    public static void Made(object made)
    {
        if (made == null)
        {
            return;
        }

        int bytes = DeviceSizes.Of(made);
        lock (_gate)
        {
            // A stand-in may give the same text twice, where the device makes another.
            if (!_known.TryAdd(made, null))
            {
                return;
            }

            Need(bytes);
            _live += bytes;
            _objects.Add((new WeakReference(made), bytes));
        }
    }

    /// <summary>Called at the start of each method.</summary>
    public static void Enter(int bytes)
    {
        lock (_gate)
        {
            Need(bytes);
            _frames += bytes;
            MostFrames = Math.Max(MostFrames, _frames);
        }
    }

    /// <summary>Called at its end, however it ends.</summary>
    public static void Leave(int bytes)
    {
        lock (_gate)
        {
            _frames -= bytes;
        }
    }

    private static void Need(int bytes)
    {
        if (_live + _frames + bytes > Budget)
        {
            Collect();
            if (_live + _frames + bytes > Budget)
            {
                Fail();
            }
        }
    }

    private static void Fail()
    {
        Failures++;
        LastFailure = $"{_live} live, {_frames} in frames, budget {Budget}: "
            + string.Join(", ", _objects.GroupBy(entry => entry.Object.Target?.GetType().Name)
                .OrderByDescending(group => group.Sum(entry => entry.Bytes)).Take(12)
                .Select(group => $"{group.Key} {group.Count()} x {group.Sum(e => e.Bytes)}"));
        throw new OutOfMemoryException("of the counted heap");
    }

    private static void Collect()
    {
        GC.Collect();
        _objects.RemoveAll(entry => !entry.Object.IsAlive);
        _live = _objects.Sum(entry => entry.Bytes);
    }
}
