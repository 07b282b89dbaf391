using System;
using System.Text;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Answers DHCP requests (RFC 2131) of the few stations in the device's own network: each gets
    /// 192.168.4.2 upwards by its hardware address. The runtime has no DHCP server of its own.
    /// </summary>
    public sealed class DhcpReply
    {
        /// <summary>Bytes of an answer.</summary>
        public const int Size = 300;

        /// <summary>Where the address stands that a station has; 0 when it has none.</summary>
        public const int ClientAddressAt = 12;

        private const int Leases = AccessPoint.MaxStations * 2;
        private const int FirstHost = 2;
        private const int HardwareBytes = 6;
        private const int LeaseSeconds = 3600;

        private const int TransactionAt = 4;
        private const int FlagsAt = 10;
        private const int YourAddressAt = 16;
        private const int HardwareAt = 28;
        private const int CookieAt = 236;
        private const int OptionsAt = 240;

        private const byte Request = 1;
        private const byte Reply = 2;
        private const byte Ethernet = 1;

        private const byte PadOption = 0;
        private const byte MaskOption = 1;
        private const byte RouterOption = 3;
        private const byte RequestedOption = 50;
        private const byte LeaseTimeOption = 51;
        private const byte TypeOption = 53;
        private const byte ServerOption = 54;
        private const byte PortalOption = 114; // RFC 8910: phones open the page by themselves.
        private const byte EndOption = 255;

        private const byte DiscoverType = 1;
        private const byte OfferType = 2;
        private const byte RequestType = 3;
        private const byte AckType = 5;
        private const byte NakType = 6;

        private readonly byte[] _server = { 192, 168, 4, 1 };
        private readonly byte[] _mask = { 255, 255, 255, 0 };
        private readonly byte[] _cookie = { 99, 130, 83, 99 };

        private readonly byte[] _portal =
            Encoding.UTF8.GetBytes("http://" + AccessPoint.Address + "/");

        private readonly byte[] _hardware = new byte[Leases * HardwareBytes];
        private int _leases;
        private int _oldest;
        private int _at;

        /// <summary>Makes the answer to a request.</summary>
        /// <param name="request">What arrived.</param>
        /// <param name="length">Its bytes.</param>
        /// <param name="reply">Takes Size bytes.</param>
        /// <returns>Bytes of the answer; 0 when there is none to give.</returns>
        public int Make(byte[] request, int length, byte[] reply)
        {
            if (length <= OptionsAt || request[0] != Request || request[1] != Ethernet
                || !AreSame(request, CookieAt, _cookie))
            {
                return 0;
            }

            int type = Option(request, length, TypeOption, 1);
            int server = Option(request, length, ServerOption, 4);
            bool isForUs = server == 0 || AreSame(request, server, _server);
            if (type == 0 || !isForUs
                || (request[type] != DiscoverType && request[type] != RequestType))
            {
                return 0;
            }

            int host = FirstHost + LeaseOf(request);
            byte answer = request[type] == DiscoverType ? OfferType : AckType;
            int wanted = Option(request, length, RequestedOption, 4);
            wanted = wanted == 0 ? ClientAddressAt : wanted;
            if (answer == AckType && (request[wanted + 3] != host
                || request[wanted] != _server[0] || request[wanted + 1] != _server[1]
                || request[wanted + 2] != _server[2]))
            {
                answer = NakType;
            }

            Write(request, reply, answer, (byte)host);
            return Size;
        }

        private void Write(byte[] request, byte[] reply, byte answer, byte host)
        {
            Array.Clear(reply, 0, Size);
            reply[0] = Reply;
            reply[1] = Ethernet;
            reply[2] = HardwareBytes;
            Array.Copy(request, TransactionAt, reply, TransactionAt, 4);
            Array.Copy(request, FlagsAt, reply, FlagsAt, 2);
            Array.Copy(request, HardwareAt, reply, HardwareAt, 16);
            Array.Copy(_cookie, 0, reply, CookieAt, 4);
            _at = OptionsAt;
            reply[_at++] = TypeOption;
            reply[_at++] = 1;
            reply[_at++] = answer;
            Add(reply, ServerOption, _server);
            if (answer != NakType)
            {
                Array.Copy(_server, 0, reply, YourAddressAt, 3);
                reply[YourAddressAt + 3] = host;
                Add(reply, MaskOption, _mask);
                Add(reply, RouterOption, _server);
                reply[_at++] = LeaseTimeOption;
                reply[_at++] = 4;
                _at += 2;
                reply[_at++] = (byte)(LeaseSeconds >> 8);
                reply[_at++] = (byte)(LeaseSeconds & 0xFF);
                Add(reply, PortalOption, _portal);
            }

            if (answer == AckType)
            {
                Array.Copy(request, ClientAddressAt, reply, ClientAddressAt, 4);
            }

            reply[_at] = EndOption;
        }

        private void Add(byte[] reply, byte option, byte[] value)
        {
            reply[_at++] = option;
            reply[_at++] = (byte)value.Length;
            Array.Copy(value, 0, reply, _at, value.Length);
            _at += value.Length;
        }

        /// <summary>The lease of a station; a new one takes the place of the oldest.</summary>
        private int LeaseOf(byte[] request)
        {
            for (int lease = 0; lease < _leases; lease++)
            {
                int i = 0;
                while (i < HardwareBytes
                    && _hardware[lease * HardwareBytes + i] == request[HardwareAt + i])
                {
                    i++;
                }

                if (i == HardwareBytes)
                {
                    return lease;
                }
            }

            int taken = _leases < Leases ? _leases++ : _oldest++ % Leases;
            Array.Copy(request, HardwareAt, _hardware, taken * HardwareBytes, HardwareBytes);
            return taken;
        }

        /// <summary>Where the value of an option stands; 0 when there is none.</summary>
        private static int Option(byte[] packet, int length, byte option, int least)
        {
            int at = OptionsAt;
            while (at + 1 < length && packet[at] != EndOption)
            {
                if (packet[at] == PadOption)
                {
                    at++;
                    continue;
                }

                int size = packet[at + 1];
                if (packet[at] == option)
                {
                    return size >= least && at + 2 + size <= length ? at + 2 : 0;
                }

                at += 2 + size;
            }

            return 0;
        }

        private static bool AreSame(byte[] packet, int at, byte[] value)
        {
            for (int i = 0; i < value.Length; i++)
            {
                if (packet[at + i] != value[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
