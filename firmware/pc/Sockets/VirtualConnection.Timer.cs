using System;

namespace EdgeBroker.Firmware.Pc
{
    // Retransmission, and the states after Close.
    public sealed partial class VirtualConnection
    {
        private void Repeat()
        {
            Segment segment = Segments[0];
            segment.SentMs = _net.NowMs;
            _net.Frame(_peer, () => _peer.Take(segment), segment.Length);
        }

        private void StartTimer(long delayMs)
        {
            if (!_isTimed)
            {
                _isTimed = true;
                _net.After(delayMs, OnTimer);
            }
        }

        private void OnTimer()
        {
            _isTimed = false;
            if (_isFreed || InFlight == 0)
            {
                return;
            }

            long left = Segments[0].SentMs + TimeoutMs() - _net.NowMs;
            if (left <= 0)
            {
                if (++_tries >= MaxRetransmissions)
                {
                    Fail();
                    return;
                }

                _recoverTo = Segments[InFlight - 1].Serial;
                Repeat();
                left = TimeoutMs();
            }

            StartTimer(left);
        }

        private long TimeoutMs()
        {
            return (long)RetransmissionMs << Math.Min(_tries, MaxShift);
        }

        private void EndIfDone()
        {
            if (!_isClosed || _isFreed || Segments.Count > 0)
            {
                return;
            }

            if (!_peer.HasClosedFirst && _hasEnded)
            {
                Free();
                _net.TimeWait(TimeWaitMs);
            }
            else if (_hasEnded)
            {
                Free();
            }
            else
            {
                _net.After(FinWaitMs, Free);
            }
        }

        private void Free()
        {
            if (!_isFreed)
            {
                _isFreed = true;
                _keepAlive.Stop();
                FreeSegments();
                _net.GiveMemory(NetStack.ConnectionBytes);
                _net.Live.Remove(this);
            }
        }
    }
}
