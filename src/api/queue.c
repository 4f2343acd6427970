// SPDX-License-Identifier: Apache-2.0
// api/queue.c - messages for a thread that polls.
//
//   Q1  the eventfd counts more than zero exactly while the queue is not empty.
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "api/handle.h"

struct ApexQueue {
    uint64_t magic;
    atomic_uint refs;
    int fd;
    pthread_mutex_t lock;  // of what follows
    bool closed;
    QueueNode *first, *last;
};

ApexStatus apex_queue_new(ApexQueue **queue)
{
    if (queue == NULL) return APEX_EINVAL;
    *queue = NULL;
    ApexQueue *q = calloc(1, sizeof *q);
    if (q == NULL) return APEX_ENOMEM;
    q->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (q->fd < 0) {
        free(q);
        return APEX_EIO;
    }
    q->magic = MAGIC_QUEUE;
    atomic_init(&q->refs, 1);
    pthread_mutex_init(&q->lock, NULL);
    *queue = q;
    return APEX_OK;
}

void queue_ref(ApexQueue *q) { atomic_fetch_add(&q->refs, 1); }

void queue_unref(ApexQueue *q)
{
    if (atomic_fetch_sub(&q->refs, 1) != 1) return;
    (void)close(q->fd);
    pthread_mutex_destroy(&q->lock);
    free(q);
}

// Nobody will take the message.
static void drop(QueueNode *node)
{
    if (node->message.reply != NULL) api_drop_reply((HostReply *)node->message.reply);
    apex_message_clear(&node->message);
    free(node);
}

void queue_push(ApexQueue *q, QueueNode *node)
{
    (void)apex_sandbox_retain(node->message.sandbox);
    node->next = NULL;
    pthread_mutex_lock(&q->lock);
    bool closed = q->closed;
    if (!closed) {
        if (q->first == NULL) (void)!eventfd_write(q->fd, 1);  // Q1
        if (q->first == NULL) q->first = node;
        else q->last->next = node;
        q->last = node;
    }
    pthread_mutex_unlock(&q->lock);
    if (closed) drop(node);
}

static QueueNode *take(ApexQueue *q)
{
    pthread_mutex_lock(&q->lock);
    QueueNode *node = q->first;
    if (node != NULL) q->first = node->next;
    eventfd_t count;
    if (node != NULL && q->first == NULL) (void)!eventfd_read(q->fd, &count);  // Q1
    pthread_mutex_unlock(&q->lock);
    return node;
}

void apex_queue_free(ApexQueue *queue)
{
    if (!IS_HANDLE(queue, MAGIC_QUEUE)) return;
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_mutex_unlock(&queue->lock);
    for (QueueNode *node; (node = take(queue)) != NULL;) drop(node);
    queue->magic = 0;
    queue_unref(queue);
}

int apex_queue_fd(const ApexQueue *queue) { return IS_HANDLE(queue, MAGIC_QUEUE) ? queue->fd : -1; }

bool apex_queue_next(ApexQueue *queue, ApexMessage *message)
{
    if (!IS_HANDLE(queue, MAGIC_QUEUE) || message == NULL) return false;
    QueueNode *node = take(queue);
    if (node == NULL) return false;
    *message = node->message;
    free(node);
    return true;
}

void apex_message_clear(ApexMessage *message)
{
    if (message == NULL) return;
    apex_result_clear(&message->result);
    apex_bytes_free(&message->args);
    apex_sandbox_release(message->sandbox);
    *message = (ApexMessage){0};
}
