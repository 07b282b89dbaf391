using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace EdgeBroker.Simulator.Lab.Fuzz;

/// <summary>
/// What a fuzz target is fed: a byte that chooses its set-up, and steps. Any bytes can be read as
/// a case, so no file is ever too broken to be tried.
/// </summary>
/// <param name="Setup">Chooses limits and settings, 0 to 255.</param>
/// <param name="Steps">What is done, in this order.</param>
public sealed record FuzzCase(int Setup, IReadOnlyList<FuzzStep> Steps)
{
    private const int MostBytes = 1 << 16;

    /// <summary>Bytes in all steps.</summary>
    public int Size => Steps.Sum(step => step.Bytes.Length);

    /// <summary>Reads what Write has written, or any other bytes.</summary>
    public static FuzzCase Read(byte[] file)
    {
        var steps = new List<FuzzStep>();
        int at = 1;
        while (at + 4 <= file.Length)
        {
            int length = Math.Min(file[at + 2] | (file[at + 3] << 8), file.Length - at - 4);
            steps.Add(new FuzzStep(file[at], file[at + 1], file[(at + 4)..(at + 4 + length)]));
            at += 4 + length;
        }

        return new FuzzCase(file.Length > 0 ? file[0] : 0, steps);
    }

    /// <summary>The case as a file.</summary>
    public byte[] Write()
    {
        var file = new List<byte> { (byte)Setup };
        foreach (FuzzStep step in Steps)
        {
            int length = Math.Min(step.Bytes.Length, MostBytes - 1);
            file.AddRange((byte)step.Kind, (byte)step.Who, (byte)length, (byte)(length >> 8));
            file.AddRange(step.Bytes.AsSpan(0, length));
        }

        return [.. file];
    }

    /// <summary>The name of the file: equal cases have equal names.</summary>
    public string FileName() =>
        Convert.ToHexStringLower(SHA256.HashData(Write()).AsSpan(0, 6)) + ".fuzz";
}
