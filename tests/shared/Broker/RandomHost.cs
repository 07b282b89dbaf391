#if NANOFRAMEWORK_1_0
using nanoFramework.TestFramework;
#else
using Microsoft.VisualStudio.TestTools.UnitTesting;
#endif
using EdgeBroker.Broker;

namespace EdgeBroker.Tests
{
    /// <summary>Drives a broker with random verbs and sums up what comes out.</summary>
    public sealed class RandomHost
    {
        private const int Slots = 7;

        /// <summary>All bytes that came out, with their slots, as one number.</summary>
        public int Hash;

        private readonly BrokerBench _bench;
        private readonly Lcg _random;
        private readonly byte[] _buffer = new byte[128];
        private int _clients;

        /// <param name="bench">A bench that was started; it gives the time.</param>
        /// <param name="random">Decides what happens.</param>
        public RandomHost(BrokerBench bench, Lcg random)
        {
            _bench = bench;
            _random = random;
        }

        /// <summary>One verb.</summary>
        public void Step()
        {
            MqttBroker broker = _bench.Broker;
            int slot = _random.Below(Slots);
            bool isOpen = broker.StateOf(slot) != ConnectionState.Free;
            switch (_random.Below(10))
            {
                case 0:
                    Open(broker);
                    break;
                case 1:
                    _bench.NowMs += _random.Below(40);
                    broker.Tick(_bench.NowMs);
                    break;
                case 2:
                case 3:
                    if (isOpen)
                    {
                        Take(broker, slot);
                    }

                    break;
                case 4:
                    if (isOpen && _random.Below(12) == 0)
                    {
                        broker.Close(slot, _bench.NowMs);
                    }
                    else if (broker.Ready() >= 0)
                    {
                        broker.Block(broker.Ready(), _bench.NowMs);
                    }

                    break;
                default:
                    if (isOpen)
                    {
                        Publish(broker, slot);
                    }

                    break;
            }
        }

        private void Open(MqttBroker broker)
        {
            int slot = broker.Open(_random.Below(3), _bench.NowMs);
            if (slot >= 0)
            {
                _clients++;
                Send(broker, slot, "10 [ `MQTT` 04 06 00 00 `c" + (_clients % 9).ToString()
                    + "` `w` `gone` ] 82 [ 00 01 `#` 00 `$SYS/#` 00 ]");
            }
        }

        private void Publish(MqttBroker broker, int slot)
        {
            string[] packets =
            {
                "30 [ `a` *20 ]", "31 [ `b` *9 ]", "32 [ `c/d` 00 01 *50 ]", "c0 00 c0 00 c0 00",
                "31 [ `b` ]", "30 [ `a` 'x' ] 30 [ `a` 'y' ] 30 [ `a` 'z' ]", "31 [ `e` *70 ]",
            };
            Send(broker, slot, packets[_random.Below(packets.Length)]);
        }

        private void Send(MqttBroker broker, int slot, string text)
        {
            byte[] bytes = Wire.Parse(text);
            int at = 0;
            while (at < bytes.Length)
            {
                int window = broker.ReceiveWindow(slot);
                if (window == 0)
                {
                    return; // The rest is lost; the next packet is then something else.
                }

                int part = bytes.Length - at < window ? bytes.Length - at : window;
                broker.Receive(slot, bytes, at, part, _bench.NowMs);
                at += part;
            }
        }

        private void Take(MqttBroker broker, int slot)
        {
            int count = broker.Transmit(slot, _buffer, 0, 64 + _random.Below(65), _bench.NowMs);
            Hash = Hash * 31 + slot;
            for (int i = 0; i < count; i++)
            {
                Hash = Hash * 31 + _buffer[i];
            }

            if (broker.WantsClose(slot))
            {
                broker.Close(slot, _bench.NowMs);
            }
        }
    }
}
