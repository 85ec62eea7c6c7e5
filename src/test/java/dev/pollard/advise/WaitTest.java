package dev.pollard.advise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Types as debug info of real programs has them.
final class WaitTest {
  @Test
  void leavesOfTheUsualCratesAreTold() {
    assertThat(Wait.of("tokio::time::sleep::Sleep")).isEqualTo(Wait.TIMER);
    assertThat(
            Wait.of(
                "embassy_time::timer::TimeoutFuture<embassy_sync::channel::ReceiveFuture<u8, 4>>"))
        .isEqualTo(Wait.TIMER);
    assertThat(Wait.of("tokio::runtime::io::scheduled_io::Readiness")).isEqualTo(Wait.IO);
    assertThat(Wait.of("tokio::io::util::write_all::WriteAll<tokio::net::tcp::OwnedWriteHalf>"))
        .isEqualTo(Wait.IO);
    assertThat(Wait.of("tokio::sync::notify::Notified")).isEqualTo(Wait.TASK);
    assertThat(Wait.of("tokio::runtime::task::join::JoinHandle<u32>")).isEqualTo(Wait.TASK);
    assertThat(Wait.of("futures_channel::oneshot::Receiver<u32>")).isEqualTo(Wait.TASK);
  }

  @Test
  void aPollFnIsTheFunctionThatItsClosureIsIn() {
    assertThat(
            Wait.of(
                "core::future::poll_fn::PollFn<embassy_sync::mutex::{impl#3}::lock::{closure_env#0}<u8>>"))
        .isEqualTo(Wait.TASK);
    assertThat(
            Wait.of(
                "core::future::poll_fn::PollFn<embassy_time::timer::{impl#6}::next::{closure_env#0}>"))
        .isEqualTo(Wait.TIMER);
    assertThat(
            Wait.of(
                "core::future::poll_fn::PollFn<twins::executor::once_pending::{async_fn#0}::{closure_env#0}>"))
        .isEqualTo(Wait.HAND_WRITTEN);
  }

  @Test
  void whatIsAlwaysReadyWaitsForNothing() {
    assertThat(Wait.of("core::future::ready::Ready<core::result::Result<u8, std::io::Error>>"))
        .isEqualTo(Wait.NEVER);
  }

  @Test
  void aWordInsideAnotherIsNoKind() {
    assertThat(Wait.of("app::audio::Mixer")).isEqualTo(Wait.HAND_WRITTEN);
    assertThat(Wait.of("app::timely::Planner")).isEqualTo(Wait.HAND_WRITTEN);
  }
}
