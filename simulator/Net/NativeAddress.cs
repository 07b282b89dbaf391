using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EdgeBroker.Simulator.Net;

/// <summary>Addresses as the kernel of Linux has them, struct sockaddr_in and sockaddr_in6.
/// </summary>
internal static class NativeAddress
{
    private const int SizeOfIPv4 = 16;

    /// <summary>Reads one, or null when it is of neither family.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> bytes)
    {
        int family = BitConverter.ToUInt16(bytes);
        int port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        return family switch
        {
            Libc.Inet => new IPEndPoint(new IPAddress(bytes.Slice(4, 4)), port),
            Libc.Inet6 => ListenSocket.Plain(
                new IPEndPoint(new IPAddress(bytes.Slice(8, 16)), port)),
            _ => null,
        };
    }

    /// <summary>Writes one.</summary>
    /// <param name="bytes">Libc.AddressSize zeros.</param>
    /// <returns>Its size in bytes.</returns>
    public static int Write(IPEndPoint address, Span<byte> bytes)
    {
        bool isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        BitConverter.TryWriteBytes(bytes, (ushort)(isV6 ? Libc.Inet6 : Libc.Inet));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)address.Port);
        address.Address.TryWriteBytes(bytes[(isV6 ? 8 : 4)..], out _);
        if (isV6)
        {
            BitConverter.TryWriteBytes(bytes[24..], (uint)address.Address.ScopeId);
        }

        return isV6 ? Libc.AddressSize : SizeOfIPv4;
    }
}
