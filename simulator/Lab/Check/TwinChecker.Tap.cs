using System;
using EdgeBroker.Broker;
using EdgeBroker.Simulator.Lab.Model;

namespace EdgeBroker.Simulator.Lab.Check;

// How the second broker hears of the verbs.
internal sealed partial class TwinChecker
{
    private sealed class Ear(TwinChecker owner) : VerbTap
    {
        private long _before;

        public override void Opened(int slot, int address, long nowMs)
        {
            if (Begin() is { } twin)
            {
                // The host adds its figures when the broker has been made.
                if (CoreInside.HostOf(CoreInside.Figures(owner.Facts.Broker)) is { } host)
                {
                    twin.SetHost(host);
                }

                int given = twin.Open(address, nowMs);
                Ended("Open");
                owner.Require(given == slot, "another slot is given with another secret");
            }
        }

        public override void Received(int slot, byte[] buffer, int offset, int count, long nowMs)
        {
            if (Begin() is { } twin)
            {
                if (count > twin.ReceiveWindow(slot))
                {
                    owner._twin = null; // No longer in step, see CompareSeeds.
                    return;
                }

                twin.Receive(slot, buffer, offset, count, nowMs);
                Ended("Receive");
            }
        }

        public override void Transmitted(
            int slot, byte[] buffer, int offset, int capacity, int count, long nowMs)
        {
            if (owner._twin == null)
            {
                return;
            }

            if (owner._buffer.Length < capacity)
            {
                owner._buffer = new byte[capacity];
            }

            int written = Begin()!.Transmit(slot, owner._buffer, 0, capacity, nowMs);
            Ended("Transmit");
            owner.Compare(slot, buffer.AsSpan(offset, count), owner._buffer.AsSpan(0, written));
        }

        public override void Blocked(int slot, long nowMs)
        {
            Begin()?.Block(slot, nowMs);
            Ended("Block");
        }

        public override void Ticked(long nowMs)
        {
            Begin()?.Tick(nowMs);
            Ended("Tick");
        }

        public override void Closed(int slot, long nowMs)
        {
            Begin()?.Close(slot, nowMs);
            Ended("Close");
        }

        public override void ShutDown(long nowMs)
        {
            Begin()?.Shutdown(nowMs);
            Ended("Shutdown");
        }

        private MqttBroker? Begin()
        {
            _before = owner._twin == null ? 0 : GC.GetAllocatedBytesForCurrentThread();
            return owner._twin;
        }

        private void Ended(string verb)
        {
            if (owner._twin != null)
            {
                long bytes = GC.GetAllocatedBytesForCurrentThread() - _before;
                if (bytes != 0)
                {
                    throw new CheckFailedException(Allocation,
                        $"{verb} has allocated {bytes} bytes");
                }
            }
        }
    }
}
