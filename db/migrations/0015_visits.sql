CREATE TABLE "brief_documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"selection_id" uuid,
	"visit_id" uuid,
	"document_order" jsonb NOT NULL,
	"state" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"worker_at" timestamp(6) with time zone,
	"failure" jsonb,
	"content_key" text,
	"sha256" text,
	"size_bytes" integer,
	"pages" integer,
	"left_out" integer DEFAULT 0 NOT NULL,
	"requested_by" uuid,
	"created_at" timestamp(6) with time zone NOT NULL,
	"settled_at" timestamp(6) with time zone,
	"expires_at" timestamp(6) with time zone NOT NULL,
	CONSTRAINT "brief_documents_state" CHECK ("brief_documents"."state" in ('waiting', 'making', 'ready', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "brief_selections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"secret_hash" text NOT NULL,
	"share_code" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"starts_on" date,
	"ends_on" date,
	"first_language" text,
	"second_language" text,
	"items" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"last_token" uuid,
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	"expires_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kept_selections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"notes" text,
	"title" text DEFAULT '' NOT NULL,
	"starts_on" date,
	"ends_on" date,
	"first_language" text,
	"second_language" text,
	"items" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_by" uuid,
	"updated_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visit_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"visit_id" uuid NOT NULL,
	"day" date NOT NULL,
	"starts_at" text,
	"ends_at" text,
	"what" jsonb NOT NULL,
	"place" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"who" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "visit_entries_starts" CHECK ("visit_entries"."starts_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	CONSTRAINT "visit_entries_ends" CHECK ("visit_entries"."ends_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
);
--> statement-breakpoint
CREATE TABLE "visit_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"visit_id" uuid NOT NULL,
	"side" text NOT NULL,
	"rank" integer NOT NULL,
	"names" jsonb NOT NULL,
	"titles" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"address" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"partner_id" uuid,
	"institution" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"email" text,
	"phone" text,
	CONSTRAINT "visit_people_side" CHECK ("visit_people"."side" in ('host', 'guest'))
);
--> statement-breakpoint
CREATE TABLE "visit_selections" (
	"visit_id" uuid NOT NULL,
	"selection_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "visit_selections_visit_id_selection_id_pk" PRIMARY KEY("visit_id","selection_id")
);
--> statement-breakpoint
CREATE TABLE "visit_tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"visit_id" uuid NOT NULL,
	"what" text NOT NULL,
	"officer_id" uuid,
	"due_on" date,
	"done_at" timestamp(6) with time zone,
	"done_by" uuid,
	"created_at" timestamp(6) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"titles" jsonb NOT NULL,
	"delegation" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"place" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"first_language" text NOT NULL,
	"second_language" text,
	"host_ids" uuid[] DEFAULT '{}' NOT NULL,
	"guest_ids" uuid[] DEFAULT '{}' NOT NULL,
	"preparation" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"notes" text,
	"officer_id" uuid,
	"created_by" uuid,
	"created_at" timestamp(6) with time zone NOT NULL,
	"updated_at" timestamp(6) with time zone NOT NULL,
	"archived_at" timestamp(6) with time zone,
	CONSTRAINT "visits_days" CHECK ("visits"."ends_on" >= "visits"."starts_on")
);
--> statement-breakpoint
ALTER TABLE "brief_documents" ADD CONSTRAINT "brief_documents_selection_id_brief_selections_id_fk" FOREIGN KEY ("selection_id") REFERENCES "public"."brief_selections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brief_documents" ADD CONSTRAINT "brief_documents_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brief_documents" ADD CONSTRAINT "brief_documents_sha256_stored_files_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."stored_files"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "brief_documents" ADD CONSTRAINT "brief_documents_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_selections" ADD CONSTRAINT "kept_selections_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kept_selections" ADD CONSTRAINT "kept_selections_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_entries" ADD CONSTRAINT "visit_entries_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_people" ADD CONSTRAINT "visit_people_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_selections" ADD CONSTRAINT "visit_selections_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_selections" ADD CONSTRAINT "visit_selections_selection_id_kept_selections_id_fk" FOREIGN KEY ("selection_id") REFERENCES "public"."kept_selections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_tasks" ADD CONSTRAINT "visit_tasks_visit_id_visits_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visits"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_tasks" ADD CONSTRAINT "visit_tasks_officer_id_users_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_tasks" ADD CONSTRAINT "visit_tasks_done_by_users_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_officer_id_users_id_fk" FOREIGN KEY ("officer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "brief_documents_code" ON "brief_documents" USING btree ("code");--> statement-breakpoint
CREATE INDEX "brief_documents_waiting" ON "brief_documents" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "brief_documents_content" ON "brief_documents" USING btree ("content_key");--> statement-breakpoint
CREATE INDEX "brief_documents_selection" ON "brief_documents" USING btree ("selection_id","created_at");--> statement-breakpoint
CREATE INDEX "brief_documents_visit" ON "brief_documents" USING btree ("visit_id","created_at");--> statement-breakpoint
CREATE INDEX "brief_documents_sha256" ON "brief_documents" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "brief_documents_expiry" ON "brief_documents" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "brief_selections_secret" ON "brief_selections" USING btree ("secret_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "brief_selections_share" ON "brief_selections" USING btree ("share_code");--> statement-breakpoint
CREATE INDEX "brief_selections_expiry" ON "brief_selections" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "kept_selections_name" ON "kept_selections" USING btree ("name");--> statement-breakpoint
CREATE INDEX "visit_entries_visit" ON "visit_entries" USING btree ("visit_id","day","starts_at");--> statement-breakpoint
CREATE INDEX "visit_people_visit" ON "visit_people" USING btree ("visit_id","side","rank");--> statement-breakpoint
CREATE INDEX "visit_selections_selection" ON "visit_selections" USING btree ("selection_id");--> statement-breakpoint
CREATE INDEX "visit_tasks_visit" ON "visit_tasks" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "visit_tasks_officer" ON "visit_tasks" USING btree ("officer_id","due_on");--> statement-breakpoint
CREATE INDEX "visits_days" ON "visits" USING btree ("starts_on" DESC NULLS LAST,"id");