namespace EdgeBroker.Boards
{
    /// <summary>Classic ESP32 without PSRAM, revision 3, as on most DevKits.</summary>
    public static class Esp32
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32", "ESP32_REV3", 79 * 1024);
            board.HeapSource = "79 to 111 KB are told; the largest piece was 112 KB in 2024"
                + " (nf-interpreter 2940)";
            board.LedPin = 2;
            Sizes.Medium(board.Limits);
            return board;
        }
    }
}
