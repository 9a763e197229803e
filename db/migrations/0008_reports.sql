CREATE TABLE "report_edits" (
	"period" text NOT NULL,
	"figure" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"value" numeric(24, 4),
	"reason" text NOT NULL,
	"edited_by" uuid,
	"edited_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "report_edits_period_figure_pk" PRIMARY KEY("period","figure"),
	CONSTRAINT "report_edits_value" CHECK ("report_edits"."value" >= 0)
);
--> statement-breakpoint
ALTER TABLE "report_edits" ADD CONSTRAINT "report_edits_edited_by_users_id_fk" FOREIGN KEY ("edited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;