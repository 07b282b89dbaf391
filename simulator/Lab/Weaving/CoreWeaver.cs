using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>
/// Rewrites the compiled core so that it counts its basic blocks, edges and bulk work into
/// Coverage. Each edge has a place of the map for itself, and the same core is always woven in the
/// same way.
/// </summary>
public sealed class CoreWeaver
{
    private const int MostTries = 100_000;
    private const string Broker = "EdgeBroker.Broker.MqttBroker";
    private const string Time = "nowMs";

    private readonly Random _random = new(1);
    private readonly HashSet<int> _places = [];

    /// <summary>Edges of all methods that were woven, entries of methods among them.</summary>
    public int Edges => _places.Count;

    /// <summary>The compiled code of an assembly, woven.</summary>
    /// <param name="path">A file, which stays as it is.</param>
    public MemoryStream Weave(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(path);
        MethodReference hit = module.ImportReference(
            typeof(Coverage).GetMethod(nameof(Coverage.Hit)));
        MethodReference begin = module.ImportReference(
            typeof(Coverage).GetMethod(nameof(Coverage.BeginVerb)));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods)
            .Where(method => method.HasBody))
        {
            BulkCalls.Redirect(method.Body);
            if (IsVerb(method))
            {
                ILProcessor il = method.Body.GetILProcessor();
                il.InsertBefore(method.Body.Instructions[0], il.Create(OpCodes.Call, begin));
            }

            Weave(method.Body, hit);
        }

        var woven = new MemoryStream();
        module.Write(woven);
        woven.Position = 0;
        return woven;
    }

    /// <summary>Verbs take the time, questions do not.</summary>
    private static bool IsVerb(MethodDefinition method) => method.IsPublic
        && !method.IsConstructor && method.DeclaringType.FullName == Broker
        && method.Parameters.Any(parameter => parameter.Name == Time);

    // The block before stands in a variable of the method: an edge never leads out of it.
    private void Weave(MethodBody body, MethodReference hit)
    {
        body.SimplifyMacros();
        var blocks = new BasicBlocks(body);
        Dictionary<Instruction, int> numbers = Number(blocks);
        var before = new VariableDefinition(hit.Module.TypeSystem.Int32);
        body.Variables.Add(before);
        body.InitLocals = true;
        ILProcessor il = body.GetILProcessor();
        foreach (Instruction start in blocks.Starts)
        {
            int number = numbers[start];
            Instruction copy = il.Create(OpCodes.Nop);
            copy.OpCode = start.OpCode;
            copy.Operand = start.Operand;

            // In the place of the first instruction, so that jumps to it count too.
            start.OpCode = OpCodes.Ldc_I4;
            start.Operand = number;
            Instruction at = start;
            foreach (Instruction added in new[]
            {
                il.Create(OpCodes.Ldloc, before), il.Create(OpCodes.Xor),
                il.Create(OpCodes.Call, hit), il.Create(OpCodes.Ldc_I4, number >> 1),
                il.Create(OpCodes.Stloc, before), copy,
            })
            {
                il.InsertAfter(at, added);
                at = added;
            }
        }

        body.OptimizeMacros();
    }

    /// <summary>Gives each block a number so that no two edges fall on one place.</summary>
    private Dictionary<Instruction, int> Number(BasicBlocks blocks)
    {
        var numbers = new Dictionary<Instruction, int>();
        var leaders = blocks.Starts.ToDictionary(start => start, _ => new List<Instruction>());
        for (int i = 0; i < blocks.Starts.Count; i++)
        {
            foreach (Instruction next in blocks.Followers[i])
            {
                leaders[next].Add(blocks.Starts[i]);
            }
        }

        for (int i = 0; i < blocks.Starts.Count; i++)
        {
            Instruction block = blocks.Starts[i];
            int[] edges = [];
            for (int tries = 0; tries == 0 || !AreFree(edges); tries++)
            {
                if (tries == MostTries)
                {
                    throw new InvalidOperationException("the map is too small for this core");
                }

                int number = _random.Next(Coverage.MapSize);
                numbers[block] = number;
                edges =
                [
                    .. leaders[block].Where(numbers.ContainsKey)
                        .Select(leader => number ^ (numbers[leader] >> 1)),
                    .. blocks.Followers[i].Where(next => next != block)
                        .Where(numbers.ContainsKey).Select(next => numbers[next] ^ (number >> 1)),
                    .. i == 0 || leaders[block].Count == 0 ? new[] { number } : [],
                ];
            }

            _places.UnionWith(edges);
        }

        return numbers;
    }

    private bool AreFree(int[] edges) =>
        edges.Distinct().Count() == edges.Length && !edges.Any(_places.Contains);
}
