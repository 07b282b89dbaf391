using System;
using System.Collections.Generic;
using System.Linq;

namespace EdgeBroker.Simulator.Cost;

/// <summary>What one Run of an operation costs.</summary>
public sealed class OperationCost
{
    /// <param name="operation">What was done.</param>
    /// <param name="weaver">Knows what the counts mean.</param>
    /// <param name="blocks">How often each block was run.</param>
    /// <param name="allocations">Allocations by method.</param>
    /// <param name="bytes">Their bytes by method.</param>
    public OperationCost(OperationInfo operation, CostWeaver weaver, long[] blocks,
        long[] allocations, long[] bytes)
    {
        Operation = operation;
        var works = new Dictionary<int, WorkAmounts>();
        for (int i = 0; i < blocks.Length; i++)
        {
            if (blocks[i] > 0)
            {
                WovenBlock block = weaver.Blocks[i];
                works.TryAdd(block.Method, new WorkAmounts());
                works[block.Method].Add(block.Work, blocks[i]);
                Work.Add(block.Work, blocks[i]);
            }
        }

        Methods =
        [
            .. works.Select(pair => new MethodCost(weaver.Methods[pair.Key], pair.Value)
            {
                Allocations = allocations[pair.Key],
                AllocatedBytes = bytes[pair.Key],
            }).OrderByDescending(method => method.Work.Nanoseconds)
                .ThenBy(method => method.Method.Name, StringComparer.Ordinal),
        ];
        Allocations = allocations.Sum();
        AllocatedBytes = bytes.Sum();
    }

    /// <summary>What was done.</summary>
    public OperationInfo Operation { get; }

    /// <summary>What it took in all.</summary>
    public WorkAmounts Work { get; } = new();

    /// <summary>Its methods, the most expensive first.</summary>
    public IReadOnlyList<MethodCost> Methods { get; }

    /// <summary>Objects, arrays and texts that it makes.</summary>
    public long Allocations { get; }

    /// <summary>Their bytes on the device's heap.</summary>
    public long AllocatedBytes { get; }
}
