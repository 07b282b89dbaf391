namespace EdgeBroker.Broker
{
    public sealed partial class MqttBroker
    {
        private readonly bool[] _isPaused;
        private readonly bool[] _awaitsFlush;
        private int _flushesAwaited;

        private void EndPause(int slot)
        {
            _isPaused[slot] = false;
            if (_awaitsFlush[slot])
            {
                _awaitsFlush[slot] = false;
                _flushesAwaited--;
            }
        }

        /// <summary>Goes on with connections that waited for others to be written to.</summary>
        private void ResumeFlushed()
        {
            for (int slot = 0; slot < _untouchedSlot && _flushesAwaited > 0; slot++)
            {
                if (_awaitsFlush[slot])
                {
                    Resume(slot);
                }
            }
        }

        /// <summary>Goes on with a connection that paused, once its responses are taken.</summary>
        private void Resume(int slot)
        {
            EndPause(slot);
            _retained.Steps = 0;
            int length = _stashLength[slot];
            if (length == 0)
            {
                return;
            }

            _messages.Pool.Read(_stashFirst[slot], 0, _packet, 0, length);
            DropStash(slot);
            int at = Parse(slot, _packet, 0, length);
            if (at < length)
            {
                Stash(slot, _packet, at, length - at);
            }
        }
    }
}
