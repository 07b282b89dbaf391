namespace EdgeBroker.Boards
{
    /// <summary>ESP32-S2; the LED of its DevKits is addressable, no plain one.</summary>
    public static class Esp32S2
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32-s2", "ESP32_S2", 64 * 1024);
            return board;
        }
    }
}
