using System;

namespace EdgeBroker.Firmware.Pc
{
    /// <summary>Asks a peer that has been silent whether it is still there.</summary>
    public sealed class KeepAlive
    {
        private readonly VirtualStack _net;
        private readonly Action _probe;
        private readonly Action _giveUp;
        private int _run;
        private int _idleMs;
        private int _intervalMs;
        private int _patienceMs;

        /// <summary>When something was heard last.</summary>
        public long HeardMs;

        /// <summary>Not started.</summary>
        public KeepAlive(VirtualStack net, Action probe, Action giveUp)
        {
            _net = net;
            _probe = probe;
            _giveUp = giveUp;
            HeardMs = net.NowMs;
        }

        /// <summary>Begins, with other times.</summary>
        public void Start(int idleMs, int intervalMs, int count)
        {
            _idleMs = idleMs;
            _intervalMs = intervalMs;
            _patienceMs = idleMs + (intervalMs * count);
            Look(++_run);
        }

        /// <summary>Ends it.</summary>
        public void Stop()
        {
            _run++;
        }

        private void Look(int run)
        {
            if (run != _run)
            {
                return;
            }

            long silence = _net.NowMs - HeardMs;
            if (silence >= _patienceMs)
            {
                _giveUp();
                return;
            }

            if (silence >= _idleMs)
            {
                _probe();
            }

            _net.After(silence >= _idleMs ? _intervalMs : _idleMs - silence, () => Look(run));
        }
    }
}
