namespace EdgeBroker.Boards
{
    /// <summary>Classic ESP32 with PSRAM, revision 3, as on WROVER modules.</summary>
    public static class Esp32Psram
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32-psram", "ESP32_PSRAM_REV3", 1792 * 1024);
            board.HeapSource = "2 MB of PSRAM, the least there is, less the 256 KB upstream keeps";
            board.LedPin = 2;
            Sizes.Large(board.Limits);
            return board;
        }
    }
}
