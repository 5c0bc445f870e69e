package dev.amends.vectors

import dev.amends.Response
import dev.amends.core.Effect
import dev.amends.core.Event
import dev.amends.core.Message
import dev.amends.core.OperationStatus
import dev.amends.core.Question
import dev.amends.core.Step

/** A vector's course: the phone, and the person and screen in front of it, who answer as the vector says. */
class Run(private val vector: Vector, private val phone: Phone) {
    /** What is still to be reported of a message or question, and when. */
    private class Reply(val atMs: Long, val number: ULong, val onScreenMs: ULong, val event: Event) {
        val draws: Boolean get() = event is Event.Shown
    }

    /** In the order in which they were made. */
    private val awaited = mutableListOf<Reply>()

    val messages = mutableListOf<Pair<Long, Message>>()
    val questions = mutableListOf<Pair<Long, Question>>()
    val hidden = mutableListOf<ULong>()
    var operations: List<OperationStatus> = emptyList()
        private set

    /** From the first step to the last. */
    fun through() {
        step(0, null)
        val restarts = ArrayDeque(vector.restartsAtMs)
        for ((atMs, event) in vector.events) {
            restartUntil(atMs, restarts)
            letPass(atMs - 1, atMs)
            if (event is Event.Responded) takeBack(event.message)
            if (event is Event.Answered) takeBack(event.question)
            step(atMs, event)
        }
        restartUntil(vector.untilMs, restarts)
        letPass(vector.untilMs, vector.untilMs)
    }

    private fun restartUntil(atMs: Long, restarts: ArrayDeque<Long>) {
        while (restarts.isNotEmpty() && restarts.first() <= atMs) {
            val restartMs = restarts.removeFirst()
            letPass(restartMs - 1, restartMs - 1)
            awaited.clear()
            carryOut(restartMs, phone.restart(restartMs))
        }
    }

    /** Handles the device's own deadlines and the replies that are due, in the order of time; replies first. */
    private fun letPass(deadlinesUntilMs: Long, repliesUntilMs: Long) {
        while (true) {
            val deadline = phone.deadlineMs?.takeIf { it <= deadlinesUntilMs }
            val reply = awaited.minByOrNull { it.atMs }?.takeIf { it.atMs <= repliesUntilMs }
            when {
                reply != null && reply.atMs <= (deadline ?: Long.MAX_VALUE) -> report(reply)
                deadline != null -> step(deadline, null)
                else -> return
            }
        }
    }

    private fun step(atMs: Long, event: Event?) = carryOut(atMs, phone.step(atMs, event))

    private fun carryOut(atMs: Long, step: Step) {
        for (effect in step.effects) {
            when (effect) {
                is Effect.Show -> {
                    messages += atMs to effect.message
                    draw(atMs, effect.message.id, effect.message.onScreenMs)
                }

                is Effect.Ask -> {
                    questions += atMs to effect.question
                    draw(atMs, effect.question.id, effect.question.onScreenMs)
                }

                is Effect.Hide -> {
                    hide(atMs, effect.message)
                }

                is Effect.Operations -> {
                    operations = effect.operations
                }

                is Effect.Upload -> {
                    // Never answered.
                }
            }
        }
    }

    private fun draw(atMs: Long, number: ULong, onScreenMs: ULong) {
        when (val draws = vector.draws) {
            Draws.Never -> {
                step(atMs, Event.NotShown(number))
            }

            is Draws.After -> {
                val reply = Reply(atMs + draws.ms, number, onScreenMs, Event.Shown(number))
                awaited += reply
                if (draws.ms == 0L) report(reply)
            }
        }
    }

    private fun report(reply: Reply) {
        awaited -= reply
        if (reply.draws) {
            // Waits already while the step runs: that may take it away again.
            val leavesMs = reply.atMs + reply.onScreenMs.toLong()
            awaited += Reply(leavesMs, reply.number, 0u, Event.Responded(reply.number, Response.EXPIRED))
        }
        step(reply.atMs, reply.event)
    }

    private fun hide(atMs: Long, number: ULong) {
        hidden += number
        val wasAwaited = awaited.any { it.draws && it.number == number }
        awaited.removeAll { it.number == number }
        if (wasAwaited) step(atMs, Event.NotShown(number))
    }

    /** The vector itself says how it left. */
    private fun takeBack(number: ULong) {
        awaited.removeAll { !it.draws && it.number == number }
    }
}
