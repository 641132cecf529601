-- Whether a pipeline admits more runs than it has.
CREATE FUNCTION "hasRoom"(pipeline integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT p."paused" AND p."capacity" > (
        SELECT count(*) FROM "Run" r WHERE r."pipelineId" = p."id" AND r."state" IN ('admitted', 'running')
    ) FROM "Pipeline" p WHERE p."id" = pipeline
$$;

-- Called by the statement that queues runs: see server/tasks/admit-runs.ts. A function, because in one each statement sees
-- what was committed before it; in one statement the count would be as old as the time when waiting for the lock began.
CREATE FUNCTION "joinQueue"(pipeline integer) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(7215002, pipeline);
    RETURN "hasRoom"(pipeline);
END;
$$;
